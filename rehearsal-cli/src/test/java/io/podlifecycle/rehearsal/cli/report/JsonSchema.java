package io.podlifecycle.rehearsal.cli.report;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

/**
 * Holds JSON against the part of JSON Schema that the schema of the report uses.
 */
final class JsonSchema {

	private static final List<String> KNOWN = List.of("$schema", "title", "description", "type", "format", "required",
			"additionalProperties", "properties", "propertyNames", "items", "enum", "const");

	private JsonSchema() {
	}

	static Stream<String> violations(String path, JsonNode schema, JsonNode value) {
		Stream<String> unknown = schema.propertyNames()
			.stream()
			.filter((word) -> !KNOWN.contains(word))
			.map((word) -> path + ": the test does not know " + word);
		Stream<String> own = Stream.of(unknown, type(path, schema, value), values(path, schema, value))
			.flatMap((all) -> all);
		return Stream.concat(own, Stream.concat(properties(path, schema, value), items(path, schema, value)));
	}

	private static Stream<String> type(String path, JsonNode schema, JsonNode value) {
		JsonNode type = schema.path("type");
		List<String> types = type.isArray() ? type.valueStream().map(JsonNode::asString).toList()
				: type.isMissingNode() ? List.of() : List.of(type.asString());
		boolean matches = types.isEmpty() || types.stream().anyMatch((one) -> switch (one) {
			case "object" -> value.isObject();
			case "array" -> value.isArray();
			case "string" -> value.isString();
			case "integer" -> value.isIntegralNumber();
			case "number" -> value.isNumber();
			case "null" -> value.isNull();
			default -> throw new IllegalArgumentException(one);
		});
		return matches ? Stream.of() : Stream.of(path + ": " + value + " is no " + types);
	}

	private static Stream<String> values(String path, JsonNode schema, JsonNode value) {
		boolean allowed = (!schema.has("const") || schema.get("const").equals(value))
				&& (!schema.has("enum") || schema.get("enum").valueStream().anyMatch(value::equals));
		return allowed ? Stream.of() : Stream.of(path + ": " + value + " is not allowed");
	}

	private static Stream<String> properties(String path, JsonNode schema, JsonNode value) {
		if (!value.isObject()) {
			return Stream.of();
		}
		Stream<String> missing = schema.path("required")
			.valueStream()
			.filter((name) -> !value.has(name.asString()))
			.map((name) -> path + "." + name.asString() + " is missing");
		return Stream.concat(missing, value.properties().stream().flatMap((property) -> {
			String name = path + "." + property.getKey();
			JsonNode own = schema.path("properties").path(property.getKey());
			JsonNode other = schema.path("additionalProperties");
			if (own.isMissingNode() && !other.isObject()) {
				return Stream.of(name + " is not allowed");
			}
			return violations(name, own.isMissingNode() ? other : own, property.getValue());
		}));
	}

	private static Stream<String> items(String path, JsonNode schema, JsonNode value) {
		return value.isArray() ? IntStream.range(0, value.size())
			.boxed()
			.flatMap((i) -> violations(path + "[" + i + "]", schema.path("items"), value.get(i))) : Stream.of();
	}

}
