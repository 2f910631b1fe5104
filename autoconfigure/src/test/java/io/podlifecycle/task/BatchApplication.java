package io.podlifecycle.task;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcDataSource;

import org.springframework.batch.core.configuration.annotation.EnableBatchProcessing;
import org.springframework.batch.core.configuration.annotation.EnableJdbcJobRepository;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.batch.infrastructure.item.support.AbstractItemCountingItemStreamItemReader;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * A job that writes 20 items, five in each chunk, and has its repository in a file.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableBatchProcessing
@EnableJdbcJobRepository
class BatchApplication {

	public static void main(String[] args) {
		System.exit(SpringApplication.exit(SpringApplication.run(BatchApplication.class, args)));
	}

	static DataSource dataSource(String url) {
		JdbcDataSource source = new JdbcDataSource();
		source.setURL(url);
		return source;
	}

	static void createTables(DataSource source) {
		ResourceDatabasePopulator populator = new ResourceDatabasePopulator(
				new ClassPathResource("org/springframework/batch/core/schema-h2.sql"));
		// They may be there.
		populator.setContinueOnError(true);
		populator.execute(source);
	}

	static Job job(JobRepository repository, PlatformTransactionManager transactions, ItemWriter<Integer> writer) {
		return new JobBuilder("statements", repository)
			.start(new StepBuilder("write", repository).<Integer, Integer>chunk(5)
				.transactionManager(transactions)
				.reader(new Numbers())
				.writer(writer)
				.build())
			.build();
	}

	@Bean
	DataSource dataSource(@Value("${app.url}") String url, @Value("${app.create}") boolean create) {
		DataSource source = dataSource(url);
		if (create) {
			createTables(source);
		}
		return source;
	}

	@Bean
	PlatformTransactionManager transactionManager(DataSource dataSource) {
		return new JdbcTransactionManager(dataSource);
	}

	@Bean
	Job statements(JobRepository repository, PlatformTransactionManager transactions) {
		return job(repository, transactions, BatchApplication::write);
	}

	@Bean
	CommandLineRunner launcher(JobOperator operator, Job job) {
		return (arguments) -> System.out.println("job ends " + operator.start(job, new JobParameters()).getStatus());
	}

	private static void write(Chunk<? extends Integer> chunk) throws InterruptedException {
		System.out.println("chunk begins with " + chunk.getItems().get(0));
		TimeUnit.SECONDS.sleep(2);
		chunk.forEach((item) -> System.out.println("item " + item));
	}

	/**
	 * From 1 to 20, and where it was after a restart.
	 */
	static final class Numbers extends AbstractItemCountingItemStreamItemReader<Integer> {

		private final List<Integer> numbers = IntStream.rangeClosed(1, 20).boxed().toList();

		Numbers() {
			setName("numbers");
		}

		@Override
		protected Integer doRead() {
			// The superclass does not ask for more.
			return this.numbers.get(getCurrentItemCount() - 1);
		}

		@Override
		protected void doOpen() {
			setMaxItemCount(this.numbers.size());
		}

		@Override
		protected void doClose() {
		}

	}

}
