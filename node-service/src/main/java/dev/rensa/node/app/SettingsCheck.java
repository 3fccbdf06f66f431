package dev.rensa.node.app;

import io.smallrye.config.EnvConfigSource;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Refuses settings that no node knows, wherever they come from. */
final class SettingsCheck {

    private SettingsCheck() {}

    /**
     * Looks at all sources.
     *
     * @throws CannotStartException naming the setting, its source and the nearest one that exists
     */
    static void check(Config config) {
        SettingNames names = new SettingNames(NodeConfig.class);
        Set<String> environment = System.getenv().keySet();
        for (ConfigSource source : config.getConfigSources()) {
            // That of the environment also tells of properties that it makes up of variables, everybody's.
            if (!(source instanceof EnvConfigSource)) {
                refuse(names.refuseProperties(source.getPropertyNames()), source.getName());
            }
        }
        refuse(names.refuseVariables(environment), "the environment");
    }

    private static void refuse(Optional<String> complaint, String source) {
        complaint.ifPresent(sentence -> {
            throw new CannotStartException(sentence + " It comes from " + source + ".");
        });
    }
}
