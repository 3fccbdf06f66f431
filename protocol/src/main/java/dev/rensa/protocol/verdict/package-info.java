/** What validation answers: accepted, or rejected with a reason that API, logs and peers share. */
@NullMarked
package dev.rensa.protocol.verdict;

import org.jspecify.annotations.NullMarked;
