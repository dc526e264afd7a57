package org.linekeeper.web;

import org.linekeeper.web.api.ApiConfiguration;
import org.linekeeper.web.meters.MetersConfiguration;
import org.linekeeper.web.page.PageConfiguration;
import org.linekeeper.web.security.SecurityConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Import;

/** Everything Spring is told; nothing is found by scanning. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = UserDetailsServiceAutoConfiguration.class)
@Import({
  ApiConfiguration.class,
  MetersConfiguration.class,
  PageConfiguration.class,
  SecurityConfiguration.class
})
class WebApplication {}
