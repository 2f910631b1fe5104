package io.podlifecycle.boot;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class ParentContextTests {

	private final GenericApplicationContext grandparent = new GenericApplicationContext();

	private final GenericApplicationContext parent = new GenericApplicationContext(this.grandparent);

	private final GenericApplicationContext context = new GenericApplicationContext(this.parent);

	@Test
	void findsABeanByItsTypeWhateverItsName() {
		this.grandparent.getBeanFactory().registerSingleton("other", Duration.ofSeconds(1));
		assertThat(ParentContext.beanOf(Duration.class, this.context)).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void theNearestParentWins() {
		this.grandparent.getBeanFactory().registerSingleton("far", Duration.ofSeconds(1));
		this.parent.getBeanFactory().registerSingleton("near", Duration.ofSeconds(2));
		assertThat(ParentContext.beanOf(Duration.class, this.context)).isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void theContextItselfIsNoParent() {
		this.context.getBeanFactory().registerSingleton("own", Duration.ofSeconds(1));
		assertThat(ParentContext.beanOf(Duration.class, this.context)).isNull();
		assertThat(ParentContext.beanOf(Duration.class, this.grandparent)).isNull();
	}

	@Test
	void aParentThatIsClosedIsNoObstacle() {
		this.parent.refresh();
		this.parent.close();
		assertThat(ParentContext.beanOf(Duration.class, this.context)).isNull();
	}

}
