/** What a wallet may spend: limits, recipients, approval by a second person, and the faucet's quotas. */
@NullMarked
package dev.rensa.wallet.policy;

import org.jspecify.annotations.NullMarked;
