import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Prints the coverage of some packages in one line: the report in CSV, then the packages.
 */
class Coverage {

	public static void main(String[] args) throws IOException {
		List<String[]> rows = Files.readAllLines(Path.of(args[0])).stream().map((line) -> line.split(",")).toList();
		List<String> columns = List.of(rows.get(0));
		StringBuilder text = new StringBuilder("Coverage:");
		for (String name : Arrays.copyOfRange(args, 1, args.length)) {
			List<String[]> classes = rows.stream().filter((row) -> row[columns.indexOf("PACKAGE")].equals(name)).toList();
			text.append(String.format(Locale.ROOT, " %s %s of lines, %s of branches;", name,
					percent(classes, columns, "LINE"), percent(classes, columns, "BRANCH")));
		}
		System.out.println(text.append(" more in ").append(Path.of(args[0]).resolveSibling("index.html")));
	}

	private static String percent(List<String[]> classes, List<String> columns, String counter) {
		long covered = sum(classes, columns.indexOf(counter + "_COVERED"));
		long missed = sum(classes, columns.indexOf(counter + "_MISSED"));
		return String.format(Locale.ROOT, "%.1f %% (%d of %d)", 100.0 * covered / (covered + missed), covered,
				covered + missed);
	}

	private static long sum(List<String[]> rows, int column) {
		return rows.stream().mapToLong((row) -> Long.parseLong(row[column])).sum();
	}

}
