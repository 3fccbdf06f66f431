/** The wallet's page for people, in English and Japanese. What it shows and does goes through the API, by the page's script. */
@NullMarked
package dev.rensa.wallet.web;

import org.jspecify.annotations.NullMarked;
