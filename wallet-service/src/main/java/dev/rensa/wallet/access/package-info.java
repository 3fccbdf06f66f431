/** Who may do what: API keys, roles, where a request comes from, how many it may make, and the log of what was ordered. */
@NullMarked
package dev.rensa.wallet.access;

import org.jspecify.annotations.NullMarked;
