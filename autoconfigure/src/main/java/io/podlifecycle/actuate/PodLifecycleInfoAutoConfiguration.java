package io.podlifecycle.actuate;

import io.podlifecycle.journal.JournalKeeper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the info contributor
 * {@code podLifecycle}.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnClass({ InfoContributor.class, ConditionalOnEnabledInfoContributor.class })
@ConditionalOnBooleanProperty(name = "pod-lifecycle.enabled", matchIfMissing = true)
@ConditionalOnEnabledInfoContributor("pod-lifecycle")
public final class PodLifecycleInfoAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "podLifecycleInfoContributor")
	JournalInfoContributor podLifecycleInfoContributor(ObjectProvider<JournalKeeper> keeper) {
		return new JournalInfoContributor(keeper.getIfAvailable());
	}

}
