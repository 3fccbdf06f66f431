package dev.rensa.protocol.state;

import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The roots of the 65,536 account buckets of one state, and what follows from them: the state root, and the way to it from
 * any bucket. Immutable; two states share what they have in common, so keeping several is cheap. At most 2 MiB.
 */
public final class BucketRoots {

    /** Accounts are spread by the first two bytes of their key. */
    public static final int BUCKETS = 1 << 16;

    /** The roots come in this many pages of 256 neighbours. */
    public static final int PAGES = BUCKETS / BucketPage.BUCKETS;

    /** Siblings between a bucket and the state root. */
    public static final int PATH_LENGTH = 16;

    /** Root of a bucket without accounts: the hash of an empty tree. */
    public static final Hash EMPTY_BUCKET = EmptySubtrees.EMPTY_BUCKET;

    /** A state without any account. */
    public static final BucketRoots EMPTY = new BucketRoots(emptyPages());

    private static final int BUCKET_SHIFT = Long.SIZE - 16;

    private final List<BucketPage> pages;
    private final Hash root;

    private BucketRoots(List<BucketPage> pages) {
        this.pages = pages;
        this.root = levels().getLast().getFirst();
    }

    private static List<BucketPage> emptyPages() {
        List<BucketPage> pages = new ArrayList<>();
        for (int page = 0; page < PAGES; page++) {
            pages.add(BucketPage.EMPTY);
        }
        return List.copyOf(pages);
    }

    /** The bucket that a key's account lies in. */
    public static int bucketOf(PublicKey key) {
        return (int) (key.prefix() >>> BUCKET_SHIFT);
    }

    /**
     * Takes the bytes of all pages, each as {@link #page} gives them.
     *
     * @throws MalformedException if there are not 256, or one is not canonical
     */
    public static BucketRoots decode(List<byte[]> encoded) {
        if (encoded.size() != PAGES) {
            throw new MalformedException(
                    RejectionReason.MALFORMED, "bucket roots come in " + PAGES + " pages, not " + encoded.size());
        }
        List<BucketPage> pages = new ArrayList<>(PAGES);
        for (byte[] page : encoded) {
            pages.add(BucketPage.decode(page));
        }
        return new BucketRoots(List.copyOf(pages));
    }

    /** The same with other roots of some buckets. */
    public BucketRoots with(Map<Integer, Hash> changed) {
        Map<Integer, Map<Integer, Hash>> byPage = new TreeMap<>();
        changed.forEach(
                (bucket, bucketRoot) -> byPage.computeIfAbsent(bucket / BucketPage.BUCKETS, page -> new TreeMap<>())
                        .put(bucket % BucketPage.BUCKETS, bucketRoot));
        List<BucketPage> changedPages = new ArrayList<>(pages);
        byPage.forEach((page, roots) -> changedPages.set(page, pages.get(page).with(roots)));
        return new BucketRoots(List.copyOf(changedPages));
    }

    /** Root of one bucket. */
    public Hash bucket(int bucket) {
        return pages.get(bucket / BucketPage.BUCKETS).root(bucket % BucketPage.BUCKETS);
    }

    /** Whether two states have the same accounts in 256 neighbouring buckets. */
    public boolean samePage(int page, BucketRoots other) {
        return pages.get(page).root().equals(other.pages.get(page).root());
    }

    /** Canonical bytes of a page, 32 to 8,224: a bit for each bucket, set if it has accounts, then the roots of those. */
    public byte[] page(int page) {
        return pages.get(page).toBytes();
    }

    /** Canonical bytes of all 256 pages. */
    public List<byte[]> pages() {
        return pages.stream().map(BucketPage::toBytes).toList();
    }

    /** The state root. */
    public Hash stateRoot() {
        return root;
    }

    /** The 16 siblings from a bucket up to the state root. */
    public List<Hash> path(int bucket) {
        List<Hash> path = new ArrayList<>(PATH_LENGTH);
        path.addAll(pages.get(bucket / BucketPage.BUCKETS).path(bucket % BucketPage.BUCKETS));
        int node = bucket / BucketPage.BUCKETS;
        for (List<Hash> level : levels()) {
            if (level.size() > 1) {
                path.add(level.get(node ^ 1));
            }
            node /= 2;
        }
        return List.copyOf(path);
    }

    /** The tree above the pages, the pages themselves first. */
    private List<List<Hash>> levels() {
        List<List<Hash>> levels = new ArrayList<>();
        List<Hash> level = pages.stream().map(BucketPage::root).toList();
        for (int height = BucketPage.LEVELS; level.size() > 1; height++) {
            levels.add(level);
            List<Hash> above = new ArrayList<>(level.size() / 2);
            for (int node = 0; node < level.size(); node += 2) {
                above.add(EmptySubtrees.inner(level.get(node), level.get(node + 1), height + 1));
            }
            level = above;
        }
        levels.add(level);
        return levels;
    }
}
