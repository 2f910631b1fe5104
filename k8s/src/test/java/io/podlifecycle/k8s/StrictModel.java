package io.podlifecycle.k8s;

import java.util.Map;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * The client's model of the Kubernetes schemas, which by itself keeps unknown fields for
 * later; here they are errors.
 */
final class StrictModel {

	private static final KubernetesSerialization LENIENT = new KubernetesSerialization();

	private static final JsonMapper STRICT = JsonMapper.builder()
		.annotationIntrospector(new NothingAdditional())
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	private StrictModel() {
	}

	/**
	 * Parses a manifest.
	 * @param manifest the manifest
	 * @return the resource
	 * @throws IllegalArgumentException if a field is unknown or of another type
	 */
	static HasMetadata parse(Map<String, Object> manifest) {
		String json = LENIENT.asJson(manifest);
		HasMetadata resource = LENIENT.unmarshal(json);
		try {
			STRICT.readValue(json, resource.getClass());
			return resource;
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException(ex.getMessage(), ex);
		}
	}

	private static final class NothingAdditional extends JacksonAnnotationIntrospector {

		@Override
		public Boolean hasAnySetter(MapperConfig<?> config, Annotated annotated) {
			return false;
		}

	}

}
