/** (i) The wallet: transfers that it accepts. */
@NullMarked
package dev.rensa.bench.wallet;

import org.jspecify.annotations.NullMarked;
