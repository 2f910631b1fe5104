package io.podlifecycle.rehearsal.json;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * What everything that is written as JSON here has in common: one line, ASCII only, times
 * in milliseconds. Reads objects, too. Half a character (a lone surrogate) cannot be
 * encoded otherwise, and what an application logs may have one.
 *
 * @since 0.1.0
 */
public final class Json {

	private static final int NANOS_IN_MILLIS = 6;

	private static final JsonFactory FACTORY = JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

	private Json() {
	}

	/**
	 * Writes an object.
	 * @param properties writes its properties
	 * @return the JSON
	 */
	public static String object(Consumer<JsonGenerator> properties) {
		StringWriter text = new StringWriter();
		try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
			object(json, properties);
		}
		return text.toString();
	}

	/**
	 * Reads an object.
	 * @param text the JSON
	 * @return its values by name, in their order; empty if the text is anything else
	 */
	public static Optional<Map<String, Object>> parse(String text) {
		try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), text)) {
			return (json.nextToken() == JsonToken.START_OBJECT) ? Optional.of(readObject(json)) : Optional.empty();
		}
		catch (JacksonException ex) {
			return Optional.empty();
		}
	}

	private static Map<String, Object> readObject(JsonParser json) {
		Map<String, Object> values = new LinkedHashMap<>();
		for (String name = json.nextName(); name != null; name = json.nextName()) {
			json.nextToken();
			values.put(name, readValue(json));
		}
		return values;
	}

	private static Object readValue(JsonParser json) {
		JsonToken token = json.currentToken();
		if (token == JsonToken.START_OBJECT) {
			return readObject(json);
		}
		if (token == JsonToken.START_ARRAY) {
			List<Object> elements = new ArrayList<>();
			while (json.nextToken() != JsonToken.END_ARRAY) {
				elements.add(readValue(json));
			}
			return elements;
		}
		return token.isNumeric() ? json.getNumberValue() : json.getString();
	}

	/**
	 * Writes an object where a value is expected.
	 * @param json where to
	 * @param properties writes its properties
	 */
	public static void object(JsonGenerator json, Consumer<JsonGenerator> properties) {
		json.writeStartObject();
		properties.accept(json);
		json.writeEndObject();
	}

	/**
	 * Writes a property with an array of objects.
	 * @param <E> what each object is written from
	 * @param json where to
	 * @param name the property
	 * @param elements the elements
	 * @param properties writes the properties of one
	 */
	public static <E> void array(JsonGenerator json, String name, Iterable<E> elements,
			BiConsumer<JsonGenerator, E> properties) {
		json.writeArrayPropertyStart(name);
		elements.forEach((element) -> object(json, (each) -> properties.accept(each, element)));
		json.writeEndArray();
	}

	/**
	 * Writes a property with a latency.
	 * @param json where to
	 * @param name the property
	 * @param latency the latency, written in milliseconds with three decimals
	 */
	public static void latency(JsonGenerator json, String name, Duration latency) {
		json.writeNumberProperty(name,
				BigDecimal.valueOf(latency.toNanos(), NANOS_IN_MILLIS).setScale(3, RoundingMode.HALF_UP));
	}

}
