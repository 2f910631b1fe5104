package io.podlifecycle.probe;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A name server (RFC 1035, RFC 2782) with a few records; it knows no other name.
 */
final class DnsServer implements AutoCloseable {

	private static final int TXT = 16;

	private static final int SRV = 33;

	private static final int HEADER = 12;

	private static final int NAME_ERROR = 3;

	private final DatagramSocket socket;

	/** The data of a record by name and type. */
	private final Map<String, byte[]> records = new ConcurrentHashMap<>();

	private final Queue<String> questions = new ConcurrentLinkedQueue<>();

	DnsServer() throws IOException {
		this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
		Thread thread = new Thread(this::serve, "dns-server");
		thread.setDaemon(true);
		thread.start();
	}

	String url() {
		return "dns://127.0.0.1:" + this.socket.getLocalPort();
	}

	void addService(String name, String host, int port) {
		add(name, SRV, (data) -> {
			data.writeShort(0);
			data.writeShort(0);
			data.writeShort(port);
			for (String label : host.split("\\.", -1)) {
				writeText(data, label);
			}
			data.writeByte(0);
		});
	}

	void addText(String name, String text) {
		add(name, TXT, (data) -> writeText(data, text));
	}

	/** What was asked for: name and type of a record. */
	Queue<String> questions() {
		return this.questions;
	}

	private void add(String name, int type, Content content) {
		this.records.put(name + " " + type, bytes(content));
	}

	private void serve() {
		try {
			while (true) {
				DatagramPacket packet = new DatagramPacket(new byte[512], 512);
				this.socket.receive(packet);
				byte[] answer = answer(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
				this.socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
			}
		}
		catch (IOException ex) {
			// Closed.
		}
	}

	private byte[] answer(ByteBuffer query) {
		short id = query.getShort(0);
		query.position(HEADER);
		StringJoiner name = new StringJoiner(".");
		for (int length = query.get(); length > 0; length = query.get()) {
			byte[] label = new byte[length];
			query.get(label);
			name.add(new String(label, StandardCharsets.US_ASCII));
		}
		int type = query.getShort();
		query.getShort();
		byte[] question = new byte[query.position() - HEADER];
		query.get(HEADER, question);
		this.questions.add(name + " " + type);
		boolean known = this.records.keySet().stream().anyMatch((key) -> key.contains(name + " "));
		byte[] data = this.records.get(name + " " + type);
		return bytes((answer) -> {
			answer.writeShort(id);
			answer.writeShort(0x8580 | (known ? 0 : NAME_ERROR));
			answer.writeShort(1);
			answer.writeShort((data != null) ? 1 : 0);
			answer.writeInt(0);
			answer.write(question);
			if (data != null) {
				answer.writeShort(0xC000 | HEADER);
				answer.writeShort(type);
				answer.writeShort(1);
				answer.writeInt(0);
				answer.writeShort(data.length);
				answer.write(data);
			}
		});
	}

	private static void writeText(DataOutputStream data, String text) throws IOException {
		data.writeByte(text.length());
		data.writeBytes(text);
	}

	private static byte[] bytes(Content content) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (DataOutputStream data = new DataOutputStream(bytes)) {
			content.writeTo(data);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	@Override
	public void close() {
		this.socket.close();
	}

	@FunctionalInterface
	private interface Content {

		void writeTo(DataOutputStream data) throws IOException;

	}

}
