package org.linekeeper.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.Function;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.GroupId;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.SiteId;
import org.linekeeper.estate.StaffId;
import org.linekeeper.estate.Takeover;
import org.linekeeper.state.Epoch;
import org.linekeeper.state.Step;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** How the pure rooms' values look in JSON; those rooms know nothing of it. */
final class JournalJson {
  private static final List<Class<?>> CAN_BE_EMPTY =
      List.of(
          String.class,
          Optional.class,
          List.class,
          Set.class,
          SortedSet.class,
          Map.class,
          SortedMap.class,
          boolean.class,
          int.class,
          long.class);

  private JournalJson() {}

  static JsonMapper mapper() {
    SimpleModule module = new SimpleModule("journal");
    text(module, PhoneNumber.class, PhoneNumber::e164, PhoneNumber::new);
    text(module, StaffId.class, StaffId::name, StaffId::new);
    text(module, PbxId.class, PbxId::name, PbxId::new);
    text(module, SiteId.class, SiteId::name, SiteId::new);
    text(module, GroupId.class, GroupId::name, GroupId::new);
    module.addSerializer(Epoch.class, new EpochWriter());
    module.addDeserializer(Epoch.class, new EpochReader());
    module.addSerializer(Set.class, new SetWriter());
    JsonMapper.Builder builder =
        JsonMapper.builder()
            .addModule(module)
            .addMixIn(Step.class, StepMixIn.class)
            .addMixIn(Estate.class, EstateMixIn.class)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // What is missing is made up only where "nothing" can be said; the rest fails.
            .changeDefaultNullHandling(nulls -> nulls.withValueNulls(Nulls.FAIL));
    for (Class<?> type : CAN_BE_EMPTY) {
      builder.withConfigOverride(
          type, o -> o.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)));
    }
    return builder.build();
  }

  /** The step's kind, as {@link EntryKind} is an entry's: never changed. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "step")
  @JsonSubTypes({
    @JsonSubTypes.Type(name = "set-gate", value = Step.SetGate.class),
    @JsonSubTypes.Type(name = "move-origination", value = Step.MoveOrigination.class),
    @JsonSubTypes.Type(name = "register-trunk", value = Step.RegisterTrunk.class),
    @JsonSubTypes.Type(name = "route-number", value = Step.RouteNumber.class),
    @JsonSubTypes.Type(name = "run-command", value = Step.RunCommand.class),
    @JsonSubTypes.Type(name = "hold-address", value = Step.HoldAddress.class),
    @JsonSubTypes.Type(name = "point-name", value = Step.PointName.class)
  })
  private interface StepMixIn {}

  /** An office in which nothing else moves is written as it was before there was such a thing. */
  private interface EstateMixIn {
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    Optional<Takeover> takeover();
  }

  /** Writes a name as plain text, wherever it stands: as a value or as the key of a map. */
  private static <T> void text(
      SimpleModule module, Class<T> type, Function<T, String> out, Function<String, T> in) {
    module.addSerializer(
        type,
        new ValueSerializer<T>() {
          @Override
          public void serialize(T value, JsonGenerator to, SerializationContext context) {
            to.writeString(out.apply(value));
          }
        });
    module.addKeySerializer(
        type,
        new ValueSerializer<T>() {
          @Override
          public void serialize(T value, JsonGenerator to, SerializationContext context) {
            to.writeName(out.apply(value));
          }
        });
    module.addDeserializer(
        type,
        new ValueDeserializer<T>() {
          @Override
          public T deserialize(JsonParser from, DeserializationContext context) {
            return in.apply(from.getValueAsString(""));
          }
        });
    module.addKeyDeserializer(
        type,
        new KeyDeserializer() {
          @Override
          public Object deserializeKey(String key, DeserializationContext context) {
            return in.apply(key);
          }
        });
  }

  private static final class EpochWriter extends ValueSerializer<Epoch> {
    @Override
    public void serialize(Epoch value, JsonGenerator to, SerializationContext context) {
      to.writeNumber(value.number());
    }
  }

  private static final class EpochReader extends ValueDeserializer<Epoch> {
    @Override
    public Epoch deserialize(JsonParser from, DeserializationContext context) {
      return new Epoch(from.getValueAsLong());
    }
  }

  /** In order of their text: the same set is always written the same way, on every watcher. */
  @SuppressWarnings("rawtypes")
  private static final class SetWriter extends ValueSerializer<Set> {
    @Override
    public void serialize(Set value, JsonGenerator to, SerializationContext context) {
      to.writeStartArray();
      for (Object element :
          Arrays.stream(value.toArray()).sorted(Comparator.comparing(Object::toString)).toArray()) {
        to.writePOJO(element);
      }
      to.writeEndArray();
    }
  }
}
