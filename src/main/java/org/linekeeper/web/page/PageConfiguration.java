package org.linekeeper.web.page;

import org.linekeeper.web.Backend;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What the page is made of. */
@Configuration(proxyBeanMethods = false)
@Import({PageController.class, ActionController.class, LoginController.class})
public class PageConfiguration {
  @Bean
  Views views(Backend backend) {
    return new Views(backend);
  }

  @Bean
  Live live(Views views) {
    return new Live(views);
  }
}
