package io.podlifecycle.dependency;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RedactionTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "http://user:SECRET@host/path | http://host",
			"http://SECRET@host/ | http://host/", "http://u:p@SECRET@host:80/a | http://host:80",
			"https://host/services/SECRET | https://host", "http://host/;key=SECRET | http://host/",
			"http://host/?SECRET | http://host/", "http://host/#SECRET | http://host/",
			"http://host/a@SECRET/c | http://***", "http://user:SE/SECRET@host/path | http://***",
			"http://user:SE#SECRET@host | http://***", "http://user:SE SECRET@host:80/ | http://host:80/",
			"http://user:1?SECRET@host | http://***", "http://user:1;SECRET@host | http://***",
			"http://user:1/SECRET@host/ | http://***", "http://user:SECRET@[bad/path | http://***",
			"http://user:SECRET | http://user", "user:SECRET@host:80 | user:***", "SECRET@host | ***",
			"http:///x?password=SECRET | http://***", "redis://:SECRET@host/0 | redis://host/0",
			"amqp://u:SECRET@host:1/v | amqp://host:1/v", "amqp://host/a%2FSECRET | amqp://host",
			"grpc://host:1/fortunes?token=SECRET | grpc://host:1/fortunes",
			"mongodb://u:SECRET@host:1,host2:2/db | mongodb://host:1,host2:2/db",
			"mongodb://u:SECRET@host:1,v:SECRET@host2:2/db?authSource=SECRET | mongodb://host2:2/db",
			"redis-sentinel://SECRET@host,[::1]:2/0#SECRET | redis-sentinel://host,[::1]:2/0",
			"kafka://host:1,u:SECRET@host2:2 | kafka://host2:2", "x://host/SECRET | x://host",
			"jdbc:postgresql://host/db?user=x&password=p@SECRET | jdbc:postgresql://host/db",
			"jdbc:postgresql://host/db?password=correct SECRET battery | jdbc:postgresql://host/db",
			"jdbc:sqlserver://host:1433;password=p@SECRET;x=y | jdbc:sqlserver://host:1433",
			"jdbc:sqlserver://host\\one;password={SEC;SECRET} | jdbc:sqlserver://host",
			"jdbc:mysql://(host=host,user=u,password=SECRET)/db | jdbc:mysql://***",
			"jdbc:mysql://address=(host=host)(password=SECRET)/db | jdbc:mysql://***",
			"jdbc:mysql:loadbalance://u:SECRET@a,b/db | jdbc:mysql:loadbalance://a,b/db",
			"jdbc:mysql://u:SE/SECRET@host/db | jdbc:mysql://***",
			"jdbc:db2://host:50000/db:password=SECRET;user=u; | jdbc:db2://host:50000/db",
			"jdbc:h2:tcp://host/~/x;CIPHER=AES;PASSWORD=SECRET SECRET | jdbc:h2:tcp://host",
			"jdbc:h2:mem:x;PASSWORD=SECRET | jdbc:h2:***", "jdbc:h2:mem:x | jdbc:h2:***",
			"jdbc:oracle:thin:u/SECRET@host:1521:sid | jdbc:oracle:thin:@host:1521",
			"jdbc:oracle:thin:u/SECRET@//host:1521/x | jdbc:oracle:thin:@host:1521/x",
			"jdbc:oracle:thin:@tcps://host:1521/x?wallet=SECRET | jdbc:oracle:thin:@host:1521/x",
			"jdbc:oracle:thin:u/\"p@SECRET\"@host:1521/x | jdbc:oracle:***",
			"jdbc:oracle:thin:u/p@SECRET@host:1521/x | jdbc:oracle:***",
			"jdbc:oracle:thin:@//host/x?password=p@SECRET | jdbc:oracle:***",
			"jdbc:oracle:thin:u/SECRET | jdbc:oracle:***", "own:SECRET | own:***", "file:/x?SECRET | file:***" })
	void ofAnAddressOnlyWhatCanBeNoSecretIsShown(String address, String shown) {
		assertThat(Redaction.address(address)).isEqualTo(shown);
	}

	/** Each form of an address, and characters before and after that may mislead. */
	@Test
	void wherePasswordsStandTheyAreNotShownWhateverIsInThem() {
		String[] starts = { "http://", "redis://", "mongodb://", "amqp://", "kafka://", "jdbc:mysql://",
				"jdbc:sqlserver://", "jdbc:oracle:thin:", "jdbc:oracle:thin:@//", "jdbc:h2:tcp://", "x:" };
		String[] ends = { "u:%s@host:1/db", "%s@host/db", "host/db?password=%s", "host/db?user=u&password=%s&x=y",
				"host;password=%s;x=y", "u/%s@host:1521:sid", "u/\"%s\"@host:1521/x", "host/db:password=%s;",
				"(host=h,password=%s)/db", "host/db#%s" };
		String[] others = { "", "@", "/", "?", "#", ";", "=", "&", ":", " ", "\"", "'", "{", "}", "[", "%", "\\", "|",
				"+", "(", ")", ",", "\n", "é", "12/", "12;", "12?", "12#", "p@", "1=", "a=b@", "x@y:" };
		List<String> leaks = new ArrayList<>();
		for (String start : starts) {
			for (String end : ends) {
				for (String before : others) {
					for (String after : others) {
						String address = start + end.formatted(before + "SECRET" + after);
						if (Redaction.address(address).contains("SECRET")) {
							leaks.add(address);
						}
					}
				}
			}
		}
		assertThat(leaks).isEmpty();
	}

	@Test
	void aLongAddressNeedsNoDeepStack() {
		String servers = "a:1,".repeat(20_000) + "b";
		assertThat(Redaction.address("kafka://" + servers)).isEqualTo("kafka://" + servers);
		assertThat(Redaction.address("jdbc:" + "a:".repeat(20_000) + "//b?c")).endsWith("//b");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://host:80/", "tcp://host:5432", "http://[::1]:80", "kafka://a:1,b:2",
			"mongodb+srv://host/db", "jdbc:postgresql://my_host:5432/orders-1", "dns:host", "file:/run/ready",
			"health:db/one", "5x", "-3", "fortune", "/fortunes", "" })
	void whatIsNoSecretIsShown(String address) {
		assertThat(Redaction.address(address)).isEqualTo(address);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
			"cannot connect to http://user:SECRET@host/path: refused | cannot connect to http://host: refused",
			"'jdbc:x://h/d?password=a SECRET' is wrong | 'jdbc:x://h/d", "(redis://u:SECRET@host). | (redis://host).",
			"on host: sasl.jaas.config=Module required password=\"SEC SECRET\"; | on host: sasl.jaas.config=***",
			"Connection to db:5432 refused, user=x | Connection to db:5432 refused, user=x",
			"mail@example.org is not a URI | mail@example.org is not a URI" })
	void ofATextTheAddressesAreShownWithoutSecrets(String text, String shown) {
		assertThat(Redaction.text(text)).isEqualTo(shown);
	}

}
