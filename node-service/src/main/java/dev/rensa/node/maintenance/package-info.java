/** What is done to a stopped node's data: checking it, taking its chain out into a file, taking such a file in. */
@NullMarked
package dev.rensa.node.maintenance;

import org.jspecify.annotations.NullMarked;
