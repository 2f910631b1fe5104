package io.podlifecycle.discovery;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.podlifecycle.dependency.Credentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Properties in, dependencies out.
 */
class DiscoveryTests {

	private static final OtherClassPath ALL_CLIENTS = OtherClassPath.with("org.flywaydb.core.Flyway",
			"liquibase.integration.spring.SpringLiquibase", "io.r2dbc.spi.ConnectionFactory",
			"redis.clients.jedis.Jedis", "com.mongodb.reactivestreams.client.MongoClient",
			"co.elastic.clients.transport.rest5_client.low_level.Rest5Client");

	private final MockEnvironment environment = new MockEnvironment();

	private ClassLoader classPath = ALL_CLIENTS;

	@Test
	void nothingIsFoundWhereNothingIsSet() {
		assertThat(all()).isEmpty();
	}

	@Test
	void whatOnlyTunesAClientSaysNotWhereItsServerIs() {
		set("spring.datasource.username=u", "spring.data.redis.password=p", "spring.data.redis.timeout=1s",
				"spring.kafka.client-id=c", "spring.rabbitmq.username=u", "spring.mongodb.database=d",
				"spring.elasticsearch.username=u", "spring.r2dbc.pool.enabled=true", "spring.flyway.user=u");
		assertThat(all()).isEmpty();
	}

	@Test
	void namesCanBeLeftOut() {
		set("spring.data.redis.host=cache", "spring.rabbitmq.host=broker");
		assertThat(new Discovery(this.environment, this.classPath).discover(Set.of("redis")))
			.extracting(DiscoveredDependency::name)
			.containsExactly("rabbitmq");
	}

	@Test
	void theDataSource() {
		set("DB_PASSWORD=s3cret", "spring.datasource.url=jdbc:postgresql://db/orders", "spring.datasource.username=u",
				"spring.datasource.password=${DB_PASSWORD}");
		assertThat(only()).isEqualTo(
				DiscoveredDependency.of("datasource", "spring.datasource.url", List.of("jdbc:postgresql://db/orders"))
					.with(new Credentials("u", "s3cret")));
		assertThat(only().toString()).doesNotContain("s3cret");
		set("spring.datasource.driver-class-name=org.postgresql.Driver");
		assertThat(only().options()).isEqualTo(Map.of("driver-class-name", "org.postgresql.Driver"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:h2:mem:test", "jdbc:h2:file:/data/test", "jdbc:h2:~/test", "jdbc:hsqldb:mem:test",
			"jdbc:hsqldb:file:/data/test", "jdbc:derby:memory:test;create=true", "jdbc:sqlite:/data/test.db",
			"jdbc:tc:postgresql:17:///test", "jdbc:strange://db/orders", "nonsense" })
	void aDatabaseInTheApplicationOrWithoutADriverIsNoDependency(String url) {
		set("spring.datasource.url=" + url);
		assertThat(all()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:h2:tcp://db/test", "jdbc:h2:ssl://db/test" })
	void anEmbeddableDatabaseInAServerIsOne(String url) {
		set("spring.datasource.url=" + url);
		assertThat(only().uris()).containsExactly(url);
	}

	@Test
	void aDataSourceOfTheContainerOrWithoutItsDriverIsNone() {
		set("spring.datasource.url=jdbc:postgresql://db/orders",
				"spring.datasource.driver-class-name=com.example.Driver");
		assertThat(all()).isEmpty();
		set("spring.datasource.driver-class-name=org.postgresql.Driver", "spring.datasource.jndi-name=java:x");
		assertThat(all()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "flyway", "liquibase" })
	void aMigrationWithADatabaseOfItsOwn(String name) {
		set("spring." + name + ".url=jdbc:postgresql://db/admin", "spring." + name + ".user=admin",
				"spring." + name + ".password=s3cret");
		assertThat(only())
			.isEqualTo(DiscoveredDependency.of(name, "spring." + name + ".url", List.of("jdbc:postgresql://db/admin"))
				.with(new Credentials("admin", "s3cret")));
		set("spring." + name + ".enabled=false");
		assertThat(all()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "flyway", "liquibase" })
	void aMigrationWithAUserOfItsOwnUsesTheUrlOfTheDataSource(String name) {
		set("spring.datasource.url=jdbc:postgresql://db/orders", "spring." + name + ".user=admin",
				"spring." + name + ".password=s3cret");
		assertThat(all()).extracting(DiscoveredDependency::name).containsExactly("datasource", name);
		assertThat(all().get(1))
			.isEqualTo(DiscoveredDependency.of(name, "spring.datasource.url", List.of("jdbc:postgresql://db/orders"))
				.with(new Credentials("admin", "s3cret")));
		this.classPath = getClass().getClassLoader();
		assertThat(all()).extracting(DiscoveredDependency::name).containsExactly("datasource");
	}

	@Test
	void r2dbcIsProbedByTheJdbcDriverOfTheSameDatabase() {
		set("spring.r2dbc.url=r2dbc:pool:postgresql://u:s%40cret@one,two:5433/orders?connectTimeout=PT1S");
		assertThat(only()).isEqualTo(
				DiscoveredDependency.of("r2dbc", "spring.r2dbc.url", List.of("jdbc:postgresql://one,two:5433/orders"))
					.with(new Credentials("u", "s@cret")));
		set("spring.r2dbc.username=v", "spring.r2dbc.password=other");
		assertThat(only().credentials()).isEqualTo(new Credentials("v", "other"));
	}

	@ParameterizedTest
	@CsvSource({ "r2dbc:mysql://u:s3cret@db/x, tcp://db:3306", "r2dbcs:postgresql://db/x, tcp://db:5432",
			"r2dbc:postgresql://db/x?sslMode=require, tcp://db:5432", "r2dbc:mssql://db:1444/x, tcp://db:1444",
			"r2dbc:h2:tcp://db/x, tcp://db:9092" })
	void withoutSuchADriverOrWithTlsAConnectionHasToDo(String url, String expected) {
		set("spring.r2dbc.url=" + url);
		assertThat(only()).isEqualTo(DiscoveredDependency.of("r2dbc", "spring.r2dbc.url", List.of(expected)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "r2dbc:h2:mem:///test", "r2dbc:pool:h2:file:///data/test", "r2dbc:tc:postgresql:///x" })
	void anEmbeddedDatabaseOfR2dbcIsNoDependency(String url) {
		set("spring.r2dbc.url=" + url);
		assertThat(all()).isEmpty();
	}

	@Test
	void withoutR2dbcItsPropertyIsIdle() {
		set("spring.r2dbc.url=r2dbc:postgresql://db/x");
		this.classPath = getClass().getClassLoader();
		assertThat(all()).isEmpty();
	}

	@Test
	void redis() {
		set("spring.data.redis.host=cache", "spring.data.redis.username=u", "spring.data.redis.password=s3cret");
		assertThat(only()).isEqualTo(redis("host", "redis://cache:6379").with(new Credentials("u", "s3cret")));
		set("spring.data.redis.port=6380", "spring.data.redis.ssl.enabled=true");
		assertThat(only()).isEqualTo(redis("host", "rediss://cache:6380").with(new Credentials("u", "s3cret")));
		set("spring.data.redis.ssl.bundle=peer");
		assertThat(only().bundle()).isEqualTo(new DiscoveredDependency.Bundle("spring.data.redis.ssl.bundle", "peer"));
		set("spring.data.redis.ssl.enabled=false");
		assertThat(only()).isEqualTo(redis("host", "redis://cache:6380").with(new Credentials("u", "s3cret")));
	}

	@Test
	void theUrlOfRedisWinsWithItsCredentials() {
		set("spring.data.redis.host=other", "spring.data.redis.password=other",
				"spring.data.redis.url=redis://u:s3cret@cache:1/2");
		assertThat(only()).isEqualTo(redis("url", "redis://u:s3cret@cache:1/2"));
		assertThat(only().toString()).doesNotContain("s3cret");
		set("spring.data.redis.ssl.bundle=peer");
		assertThat(only().uris()).containsExactly("rediss://u:s3cret@cache:1/2");
	}

	@Test
	void sentinelsAreAskedWithTheirOwnCredentials() {
		set("spring.data.redis.sentinel.master=m", "spring.data.redis.sentinel.nodes=one:26379, two:26379",
				"spring.data.redis.password=other", "spring.data.redis.sentinel.password=s3cret");
		assertThat(only()).isEqualTo(redis("sentinel.nodes", "redis://one:26379", "redis://two:26379")
			.with(new Credentials(null, "s3cret")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "cluster.nodes", "masterreplica.nodes" })
	void nodesOfRedis(String property) {
		set("spring.data.redis." + property + "[0]=one:1", "spring.data.redis." + property + "[1]=[::1]:2",
				"spring.data.redis.password=s3cret", "spring.data.redis.ssl.enabled=true");
		assertThat(only())
			.isEqualTo(redis(property, "rediss://one:1", "rediss://[::1]:2").with(new Credentials(null, "s3cret")));
	}

	@Test
	void withJedisAConnectionHasToDo() {
		this.classPath = ALL_CLIENTS.without("io.lettuce");
		set("spring.data.redis.url=rediss://:s3cret@cache", "spring.data.redis.ssl.bundle=peer");
		assertThat(only()).isEqualTo(redis("url", "tcp://cache:6379"));
		this.classPath = OtherClassPath.with().without("io.lettuce", "redis.clients.jedis");
		assertThat(all()).isEmpty();
	}

	@Test
	void kafka() {
		set("spring.kafka.bootstrap-servers=one:9092,PLAINTEXT://two:9093");
		assertThat(only()).isEqualTo(DiscoveredDependency.of("kafka", "spring.kafka.bootstrap-servers",
				List.of("kafka://one:9092,two:9093")));
	}

	@Test
	void kafkaIsLoggedInToAsBootsAdminClientDoes(@TempDir Path folder) throws Exception {
		Path store = Files.writeString(folder.resolve("trust.jks"), "x");
		set("spring.kafka.bootstrap-servers=one:9092", "spring.kafka.security.protocol=SASL_PLAINTEXT",
				"spring.kafka.admin.security.protocol=SASL_SSL", "spring.kafka.properties.sasl.mechanism=PLAIN",
				"spring.kafka.admin.properties.sasl.jaas.config=s3cret",
				"spring.kafka.ssl.trust-store-location=" + store.toUri(),
				"spring.kafka.ssl.trust-store-password=s3cret");
		assertThat(only().options())
			.isEqualTo(Map.of("security.protocol", "SASL_SSL", "sasl.mechanism", "PLAIN", "sasl.jaas.config", "s3cret",
					"ssl.truststore.location", store.toString(), "ssl.truststore.password", "s3cret"));
		assertThat(only().bundle()).isNull();
		set("spring.kafka.ssl.bundle=peer");
		assertThat(only().options()).containsOnlyKeys("security.protocol", "sasl.mechanism", "sasl.jaas.config");
		assertThat(only().bundle()).isEqualTo(new DiscoveredDependency.Bundle("spring.kafka.ssl.bundle", "peer"));
		set("spring.kafka.admin.security.protocol=PLAINTEXT");
		assertThat(only().bundle()).isNull();
	}

	@Test
	void whereALogInToKafkaNeedsABeanAConnectionHasToDo() {
		set("spring.kafka.bootstrap-servers=one:9092,two:9093", "spring.kafka.jaas.enabled=true");
		assertThat(only()).isEqualTo(DiscoveredDependency.of("kafka", "spring.kafka.bootstrap-servers",
				List.of("tcp://one:9092", "tcp://two:9093")));
	}

	@Test
	void rabbit() {
		set("spring.rabbitmq.host=broker", "spring.rabbitmq.username=u", "spring.rabbitmq.password=s3cret",
				"spring.rabbitmq.virtual-host=/pro duction");
		assertThat(only())
			.isEqualTo(rabbit("host", "amqp://broker:5672/%2Fpro%20duction").with(new Credentials("u", "s3cret")));
		set("spring.rabbitmq.virtual-host=/", "spring.rabbitmq.ssl.enabled=true");
		assertThat(only().uris()).containsExactly("amqps://broker:5671");
		set("spring.rabbitmq.port=1", "spring.rabbitmq.ssl.bundle=peer");
		assertThat(only()).isEqualTo(rabbit("host", "amqps://broker:1").with(new Credentials("u", "s3cret"))
			.with(new DiscoveredDependency.Bundle("spring.rabbitmq.ssl.bundle", "peer")));
	}

	@Test
	void theFirstAddressOfRabbitSaysWhoLogsIn() {
		set("spring.rabbitmq.host=other", "spring.rabbitmq.username=other", "spring.rabbitmq.password=other",
				"spring.rabbitmq.addresses=amqps://u:s3cret@one/orders,two:1");
		assertThat(only()).isEqualTo(rabbit("addresses", "amqps://one:5671/orders", "amqps://two:1/orders")
			.with(new Credentials("u", "s3cret")));
		set("spring.rabbitmq.addresses=one,two", "spring.rabbitmq.virtual-host=orders");
		assertThat(only()).isEqualTo(rabbit("addresses", "amqp://one:5672/orders", "amqp://two:5672/orders")
			.with(new Credentials("other", "other")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "key-store=/x", "trust-store=/x", "validate-server-certificate=false",
			"verify-hostname=false" })
	void whereRabbitHasTlsOfItsOwnAConnectionHasToDo(String property) {
		set("spring.rabbitmq.host=broker", "spring.rabbitmq.password=s3cret", "spring.rabbitmq.ssl.enabled=true",
				"spring.rabbitmq.ssl." + property);
		assertThat(only().uris()).containsExactly("tcp://broker:5671");
	}

	@Test
	void mongo() {
		set("spring.mongodb.host=one", "spring.mongodb.port=1", "spring.mongodb.additional-hosts=two:2,three",
				"spring.mongodb.username=u", "spring.mongodb.password=s@cr t", "spring.mongodb.replica-set-name=rs0",
				"spring.mongodb.database=orders", "spring.mongodb.authentication-database=admin");
		assertThat(only()).isEqualTo(
				mongo("host", "mongodb://u:s%40cr%20t@one:1,two:2,three/orders?replicaSet=rs0&authSource=admin"));
		set("spring.mongodb.ssl.enabled=true");
		assertThat(only().uris().get(0)).endsWith("&authSource=admin&tls=true");
	}

	@ParameterizedTest
	@CsvSource({ "mongodb://one, mongodb://one/?tls=true", "mongodb://one/x, mongodb://one/x?tls=true",
			"mongodb+srv://u:p@one/x?w=1, mongodb+srv://u:p@one/x?w=1&tls=true" })
	void theUriOfMongoWins(String uri, String withTls) {
		set("spring.mongodb.host=other", "spring.mongodb.uri=" + uri);
		assertThat(only()).isEqualTo(mongo("uri", uri));
		set("spring.mongodb.ssl.enabled=true");
		assertThat(only()).isEqualTo(mongo("uri", withTls));
		set("spring.mongodb.ssl.bundle=peer");
		assertThat(only())
			.isEqualTo(mongo("uri", uri).with(new DiscoveredDependency.Bundle("spring.mongodb.ssl.bundle", "peer")));
	}

	@Test
	void withNothingButTheReactiveDriverOfMongoAConnectionHasToDo() {
		this.classPath = ALL_CLIENTS.without("com.mongodb.client.");
		set("spring.mongodb.uri=mongodb://u:s3cret@one,two:2/x");
		assertThat(only()).isEqualTo(mongo("uri", "tcp://one:27017", "tcp://two:2"));
		set("spring.mongodb.uri=mongodb+srv://u:s3cret@cluster/x");
		assertThat(all()).isEmpty();
	}

	@Test
	void elasticsearch() {
		set("spring.elasticsearch.uris=https://one:9200/ignored, https://two:9200", "spring.elasticsearch.username=u",
				"spring.elasticsearch.password=s3cret", "spring.elasticsearch.path-prefix=search/",
				"spring.elasticsearch.restclient.ssl.bundle=peer");
		assertThat(only()).isEqualTo(elasticsearch("https://one:9200/search/", "https://two:9200/search/")
			.with(new Credentials("u", "s3cret"))
			.with(new DiscoveredDependency.Bundle("spring.elasticsearch.restclient.ssl.bundle", "peer")));
		set("spring.elasticsearch.restclient.ssl.verify-hostname=false");
		assertThat(only().uris()).containsExactly("tcp://one:9200", "tcp://two:9200");
	}

	@Test
	void elasticsearchWithoutASchemeOrWithCredentialsOfItsOwn() {
		set("spring.elasticsearch.uris=one:9200", "spring.elasticsearch.restclient.ssl.bundle=idle",
				"spring.elasticsearch.api-key=s3cret");
		assertThat(only().uris()).containsExactly("http://one:9200/");
		assertThat(only().bundle()).isNull();
		assertThat(only().options()).containsEntry("headers.Authorization", "ApiKey s3cret");
		set("spring.elasticsearch.uris=http://v:s3cret@one", "spring.elasticsearch.username=u");
		assertThat(only().uris()).containsExactly("http://v:s3cret@one/");
		assertThat(only().credentials()).isEqualTo(Credentials.NONE);
		this.classPath = getClass().getClassLoader();
		assertThat(all()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "spring.data.redis.url=http://x | its scheme is neither 'redis' nor 'rediss'",
			"spring.data.redis.cluster.nodes=one | it has no port", "spring.data.redis.host=a b | it has no valid host",
			"spring.r2dbc.url=jdbc:postgresql://db/x | it is no R2DBC URL of a server",
			"spring.rabbitmq.addresses=one:x | it has no valid host",
			"spring.mongodb.uri=http://x | it is no URI of MongoDB",
			"spring.elasticsearch.uris=http:// | it is not a URI: expected authority at index 7",
			"spring.kafka.ssl.trust-store-location=https://x/y | it is not on a file system" })
	void saysWhichPropertyDoesNotSayWhere(String property, String reason) {
		set("spring.kafka.bootstrap-servers=one:1", property);
		assertThatExceptionOfType(DiscoveryException.class).isThrownBy(this::all)
			.withMessage(reason)
			.satisfies((ex) -> assertThat(property).startsWith(ex.property() + "="));
	}

	private void set(String... properties) {
		for (String property : properties) {
			int index = property.indexOf('=');
			this.environment.setProperty(property.substring(0, index), property.substring(index + 1));
		}
	}

	private List<DiscoveredDependency> all() {
		return new Discovery(this.environment, this.classPath).discover(Set.of());
	}

	private DiscoveredDependency only() {
		assertThat(all()).hasSize(1);
		return all().get(0);
	}

	private static DiscoveredDependency redis(String property, String... uris) {
		return DiscoveredDependency.of("redis", "spring.data.redis." + property, List.of(uris));
	}

	private static DiscoveredDependency rabbit(String property, String... uris) {
		return DiscoveredDependency.of("rabbitmq", "spring.rabbitmq." + property, List.of(uris));
	}

	private static DiscoveredDependency mongo(String property, String... uris) {
		return DiscoveredDependency.of("mongodb", "spring.mongodb." + property, List.of(uris));
	}

	private static DiscoveredDependency elasticsearch(String... uris) {
		return DiscoveredDependency.of("elasticsearch", "spring.elasticsearch.uris", List.of(uris))
			.with(Map.of("status", "200-299,403"));
	}

}
