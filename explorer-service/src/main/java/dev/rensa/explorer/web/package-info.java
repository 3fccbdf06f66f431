/** What people see: pages rendered on the server. */
@NullMarked
package dev.rensa.explorer.web;

import org.jspecify.annotations.NullMarked;
