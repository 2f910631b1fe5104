package io.podlifecycle.journal;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The file of a journal: one line for each entry, appended. While it is locked no other
 * process and no other application in this JVM can lock it; the lock is on a file beside
 * it, since the journal itself may be replaced. The operating system lets go of the lock
 * when the process ends, however it ends.
 */
final class JournalFile implements AutoCloseable {

	/** Many times what a journal of ours can have. */
	static final int MOST_READ = 256 * 1024;

	private final Path file;

	private final FileChannel lock;

	private boolean torn;

	private JournalFile(Path file, FileChannel lock) {
		this.file = file;
		this.lock = lock;
	}

	static JournalFile lock(Path path) throws IOException {
		Links.refuse(path);
		Path file = path.toAbsolutePath();
		if (Files.exists(file) && !Files.isRegularFile(file)) {
			throw new IOException("it is not a regular file");
		}
		Path directory = Objects.requireNonNull(file.getParent(), "A file has a parent");
		if (!Files.isDirectory(directory)) {
			Files.createDirectories(directory);
		}
		FileChannel lock = FileChannel.open(beside(file, ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE,
				LinkOption.NOFOLLOW_LINKS);
		try {
			if (lock.tryLock() != null) {
				return new JournalFile(file, lock);
			}
			lock.close();
			throw new IOException("another process keeps it");
		}
		catch (OverlappingFileLockException ex) {
			lock.close();
			throw new IOException("another application in this JVM keeps it", ex);
		}
	}

	/** Read the end of the file, which is all of it unless somebody else wrote to it. */
	Content read() throws IOException {
		if (!Files.exists(this.file)) {
			return new Content(List.of(), 0, true);
		}
		try (FileChannel channel = FileChannel.open(this.file, StandardOpenOption.READ)) {
			long start = Math.max(0, channel.size() - MOST_READ);
			ByteBuffer bytes = ByteBuffer.allocate((int) (channel.size() - start));
			while (bytes.hasRemaining() && channel.read(bytes, start + bytes.position()) >= 0) {
				// There is more.
			}
			return Content.of(new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8), start > 0);
		}
	}

	/**
	 * Append an entry.
	 * @param entry the entry
	 * @param durable whether it has to outlive the node, too, not only this process
	 */
	void append(JournalEntry entry, boolean durable) throws IOException {
		String line = entry.line() + "\n";
		boolean afterTorn = this.torn;
		this.torn = true;
		write(this.file, afterTorn ? "\n" + line : line, true, durable);
		this.torn = false;
	}

	/** Replace everything, so that a kill leaves either the old or the new. */
	void rewrite(List<JournalEntry> entries) throws IOException {
		Path temporary = beside(this.file, ".tmp");
		Files.deleteIfExists(temporary);
		String text = entries.stream().map((entry) -> entry.line() + "\n").collect(Collectors.joining());
		write(temporary, text, false, true);
		Files.move(temporary, this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		this.torn = false;
	}

	/** It is to be appended to, although its last line may have no end. */
	void continueOnNewLine() {
		this.torn = true;
	}

	/** Set the file itself aside: it may be somebody else's. */
	Path discard() throws IOException {
		return Files.move(this.file, beside(this.file, ".unreadable"), StandardCopyOption.REPLACE_EXISTING);
	}

	@Override
	public void close() throws IOException {
		this.lock.close();
	}

	/** A stream, since a channel closes under a thread that was interrupted. */
	private static void write(Path file, String text, boolean append, boolean durable) throws IOException {
		try (FileOutputStream stream = new FileOutputStream(file.toFile(), append)) {
			stream.write(text.getBytes(StandardCharsets.UTF_8));
			if (durable) {
				stream.getFD().sync();
			}
		}
	}

	private static Path beside(Path file, String suffix) {
		return file.resolveSibling(file.getFileName() + suffix);
	}

	/**
	 * What is in the file.
	 *
	 * @param entries the lines that are whole
	 * @param unreadable how many are not
	 * @param complete whether the last line has an end
	 */
	record Content(List<JournalEntry> entries, int unreadable, boolean complete) {

		static Content of(String text, boolean cut) {
			List<JournalEntry> entries = new ArrayList<>();
			int unreadable = 0;
			String[] lines = text.split("\n", -1);
			for (int i = cut ? 1 : 0; i < lines.length; i++) {
				JournalEntry entry = JournalEntry.parse(lines[i]);
				if (entry != null) {
					entries.add(entry);
				}
				else if (!lines[i].isEmpty()) {
					unreadable++;
				}
			}
			return new Content(entries, unreadable, text.isEmpty() || text.endsWith("\n"));
		}

	}

}
