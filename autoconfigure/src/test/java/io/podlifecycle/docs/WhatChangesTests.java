package io.podlifecycle.docs;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.cloud.CloudPlatform;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page on what changes in an application names switches that exist, and each platform
 * that Spring Boot detects.
 */
class WhatChangesTests {

	private static final Pattern PROPERTY = Pattern.compile("`((?:pod-lifecycle|management)\\.[a-z.-]+[a-z])");

	private static final String PAGE = Snippet.read(Snippet.ROOT.resolve("docs/what-changes.md"));

	@Test
	void everySwitchIsInTheReference() {
		String reference = Snippet.read(Snippet.ROOT.resolve("docs/reference.md"));
		assertThat(PROPERTY.matcher(PAGE).results()).hasSizeGreaterThan(15)
			.extracting((MatchResult property) -> property.group(1))
			.allSatisfy((property) -> assertThat(reference).contains("| `" + property + "` |"));
	}

	@ParameterizedTest
	@EnumSource
	void everyPlatformIsNamed(CloudPlatform platform) {
		assertThat(PAGE).contains("`" + platform + "`");
	}

}
