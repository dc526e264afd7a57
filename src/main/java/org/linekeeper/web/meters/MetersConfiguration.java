package org.linekeeper.web.meters;

import org.linekeeper.web.Asking;
import org.linekeeper.web.Backend;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What watchdogs and Prometheus can ask. The beans' names are those of the parts of the health. */
@Configuration(proxyBeanMethods = false)
public class MetersConfiguration {
  @Bean
  HealthIndicator controlLoop(Backend backend) {
    return () -> Healths.controlLoop(backend);
  }

  @Bean
  HealthIndicator journal(Backend backend) {
    return () -> Healths.journal(backend);
  }

  @Bean
  HealthIndicator carrier(Backend backend) {
    return () -> Healths.carrier(backend);
  }

  @Bean
  HealthIndicator pbxs(Backend backend) {
    return () -> Healths.pbxs(backend);
  }

  @Bean
  Meters meters(Backend backend, Asking asking) {
    return new Meters(backend, asking);
  }
}
