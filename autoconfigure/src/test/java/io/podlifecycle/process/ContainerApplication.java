package io.podlifecycle.process;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.support.SpringBootServletInitializer;
import org.springframework.context.annotation.Configuration;

/**
 * An application that is deployed to a servlet container as a WAR.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ContainerApplication extends SpringBootServletInitializer {

}
