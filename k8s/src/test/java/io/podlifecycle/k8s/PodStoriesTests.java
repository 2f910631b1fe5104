package io.podlifecycle.k8s;

import java.util.List;

import io.podlifecycle.k8s.PodStories.Story;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PodStories}.
 */
class PodStoriesTests {

	private static final List<String> STORY = List.of(Story.STARTED, Story.READY, Story.ADDED, Story.DELETED,
			Story.REMOVED, Story.exited(143));

	static List<List<String>> told() {
		return List.of(STORY,
				// The watch of the pods is late.
				List.of(Story.ADDED, Story.STARTED, Story.READY, Story.REMOVED, Story.DELETED, Story.exited(143)),
				// What has happened before is told again.
				List.of(Story.STARTED, Story.ADDED, Story.STARTED, Story.READY, Story.DELETED, Story.READY,
						Story.REMOVED, Story.exited(143)));
	}

	@ParameterizedTest
	@MethodSource("told")
	void aCauseComesBeforeItsEffect(List<String> told) {
		Story story = new Story();
		told.forEach(story::tell);
		assertThat(story.events()).isEqualTo(STORY);
	}

}
