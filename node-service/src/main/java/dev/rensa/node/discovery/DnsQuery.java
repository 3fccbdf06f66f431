package dev.rensa.node.discovery;

import dev.rensa.node.peer.PeerAddress;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;

/** Asks a DNS server, over TCP where the answer is too long for UDP. Nothing is remembered. It blocks. */
final class DnsQuery {

    private static final String QUERY_MILLIS = "1500";
    private static final String QUERY_ATTEMPTS = "2";

    /** Records taken of one answer. */
    private static final int MAX_RECORDS = 1_024;

    private DnsQuery() {}

    /**
     * Records of a full name in the text form of zone files, none if there is no such name.
     *
     * @param server a literal address and port; empty: the system's servers
     * @throws NamingException if no server answers
     */
    // The JDK's DNS client reads records as text and makes no objects of them, which is what JNDI is banned for; and
    // the
    // environment of every JNDI provider is a Hashtable.
    @SuppressWarnings({"BanJNDI", "JdkObsolete"})
    static List<String> records(Optional<PeerAddress> server, String name, String... types) throws NamingException {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        environment.put(
                Context.PROVIDER_URL, server.map(address -> "dns://" + address).orElse("dns:"));
        environment.put("com.sun.jndi.dns.timeout.initial", QUERY_MILLIS);
        environment.put("com.sun.jndi.dns.timeout.retries", QUERY_ATTEMPTS);
        List<String> records = new ArrayList<>();
        DirContext dns = new InitialDirContext(environment);
        try {
            // With a dot at its end no context adds a domain of its own.
            NamingEnumeration<? extends Attribute> answer =
                    dns.getAttributes(name + ".", types).getAll();
            while (answer.hasMore()) {
                Attribute attribute = answer.next();
                for (int i = 0; i < attribute.size() && records.size() < MAX_RECORDS; i++) {
                    records.add(attribute.get(i).toString());
                }
            }
        } catch (NameNotFoundException e) {
            return List.of();
        } finally {
            dns.close();
        }
        return records;
    }
}
