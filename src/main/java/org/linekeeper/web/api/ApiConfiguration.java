package org.linekeeper.web.api;

import org.linekeeper.web.Asking;
import org.linekeeper.web.Backend;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What the API is made of. */
@Configuration(proxyBeanMethods = false)
@Import({LookApi.class, CommandsApi.class, TextsApi.class, NothingThere.class, ApiProblems.class})
public class ApiConfiguration {
  @Bean
  Asking asking(Backend backend) {
    return new Asking(backend);
  }
}
