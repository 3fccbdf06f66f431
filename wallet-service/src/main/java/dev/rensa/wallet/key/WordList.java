package dev.rensa.wallet.key;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** BIP-39's English list: 2,048 words in alphabetical order, none sharing its first four letters with another. */
final class WordList {

    /** Words in the list: eleven bits a word. */
    static final int SIZE = 2048;

    private static final List<String> WORDS = read();
    private static final Map<String, Integer> INDEX = index();

    private WordList() {}

    static String word(int index) {
        return WORDS.get(index);
    }

    /** Position of a word, or -1 when the list does not have it. */
    static int indexOf(String word) {
        return INDEX.getOrDefault(word, -1);
    }

    private static List<String> read() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(
                        WordList.class.getResourceAsStream("bip39-english.txt"), "the word list is packaged here"),
                StandardCharsets.UTF_8))) {
            List<String> words = reader.lines().toList();
            if (words.size() != SIZE) {
                throw new IllegalStateException("the word list has " + words.size() + " words instead of " + SIZE);
            }
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Integer> index() {
        Map<String, Integer> index = HashMap.newHashMap(SIZE);
        for (int i = 0; i < SIZE; i++) {
            index.put(WORDS.get(i), i);
        }
        return index;
    }
}
