package org.linekeeper.web.security;

import jakarta.servlet.DispatcherType;
import org.linekeeper.settings.WebSettings;
import org.linekeeper.web.Backend;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer.FrameOptionsConfig;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.NullRequestCache;

/** The rules of who may come in where. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
public class SecurityConfiguration {
  /** Where the carrier brings texts. */
  public static final String WEBHOOK = "/twilio/sms";

  /** Nothing from elsewhere, no script or style inside a page, in nobody's frame. */
  private static final String CONTENT =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private static final String[] PUBLIC = {
    "/login", "/error", "/linekeeper.css", "/linekeeper.js", "/icon.svg", "/webjars/**", WEBHOOK
  };

  @Bean
  Access access(Backend backend) {
    return Access.of(backend.settings());
  }

  @Bean
  FilterRegistrationBean<FrontDoor> frontDoor(Access access) {
    FilterRegistrationBean<FrontDoor> door = new FilterRegistrationBean<>(new FrontDoor(access));
    door.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return door;
  }

  @Bean
  FilterRegistrationBean<ApiGuard> apiGuard() {
    FilterRegistrationBean<ApiGuard> guard = new FilterRegistrationBean<>(new ApiGuard());
    guard.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
    return guard;
  }

  @Bean
  SecurityFilterChain rules(HttpSecurity http, Access access, Backend backend) {
    Refusals refusals = new Refusals();
    rights(http);
    headers(http);
    http.csrf(
            csrf ->
                csrf.ignoringRequestMatchers("/api/**", WEBHOOK)
                    .csrfTokenRepository(tokens(backend.settings())))
        .exceptionHandling(
            no -> no.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
        .requestCache(cache -> cache.requestCache(new NullRequestCache()));
    if (access.login()) {
      FailedLogins failed = new FailedLogins(backend.ticker());
      http.authenticationProvider(new Logins(backend.settings().users(), failed))
          .httpBasic(basic -> basic.authenticationEntryPoint(refusals))
          .formLogin(
              form ->
                  form.loginPage("/login").defaultSuccessUrl("/", true).failureHandler(refusals))
          .logout(out -> out.logoutSuccessUrl("/login?out"));
    } else {
      // Whoever sits at this machine could as well edit the files.
      http.anonymous(
              local ->
                  local.principal(Who.LOCAL).authorities(Logins.role(WebSettings.Role.OPERATOR)))
          .logout(out -> out.disable());
    }
    return http.build();
  }

  private static void rights(HttpSecurity http) {
    String look = WebSettings.Role.VIEWER.name();
    String operate = WebSettings.Role.OPERATOR.name();
    http.authorizeHttpRequests(
        ask ->
            ask.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                .permitAll()
                .requestMatchers(PUBLIC)
                .permitAll()
                .requestMatchers(HttpMethod.GET, "/actuator/health", "/actuator/health/liveness")
                .permitAll()
                .requestMatchers(HttpMethod.GET, "/**")
                .hasAnyRole(look, operate)
                .anyRequest()
                .hasRole(operate));
  }

  private static void headers(HttpSecurity http) {
    http.headers(
        headers ->
            headers
                .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT))
                .frameOptions(FrameOptionsConfig::deny)
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                .crossOriginOpenerPolicy(
                    opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                .crossOriginResourcePolicy(
                    resource -> resource.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
                .permissionsPolicyHeader(
                    policy ->
                        policy.policy("camera=(), microphone=(), geolocation=(), payment=()")));
  }

  /** In a cookie, so that whoever only looks needs no session here. */
  private static CookieCsrfTokenRepository tokens(WebSettings settings) {
    CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
    tokens.setCookieName("linekeeper-csrf");
    boolean secure =
        settings.tls().isPresent()
            || settings.publicUrl().filter(url -> "https".equals(url.getScheme())).isPresent();
    tokens.setCookieCustomizer(
        cookie -> cookie.httpOnly(true).sameSite("Strict").secure(secure).path("/"));
    return tokens;
  }
}
