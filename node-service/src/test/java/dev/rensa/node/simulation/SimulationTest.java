package dev.rensa.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whole networks of real nodes in one thread. See {@link Seeds} for the properties that replay a run. */
class SimulationTest {

    @Test
    void shouldSoonTellEveryNodeOfEverythingWhenNothingFails() {
        Seeds.play((world, random) -> {
            world.network().start();
            world.addNodes(random.nextInt(3, 11)).pinAccounts();
            world.runFor(3_000);

            world.mineEvery(5_000).transferEvery(300).runFor(180_000);
            world.settle();
            world.runFor(2_000);

            world.checkEverything();
            Observer seen = world.observer();
            // One that is mined just when others ask for it, in a block that then loses, is announced a second time.
            assertThat(seen.slowestTransactionMillis()).isLessThan(2_000);
            assertThat(seen.slowestBlockMillis()).isLessThan(1_000);
            assertThat(seen.repeatedTransactions()).isZero();
            assertThat(seen.exchangers()).hasSizeGreaterThan(1);
            SimulatedNode first = world.nodes().getFirst();
            assertThat(seen.taken()).isNotEmpty().allSatisfy(id -> {
                boolean mined = first.chain().position(id).isPresent();
                boolean waiting = first.mempool().contains(id);
                for (SimulatedNode node : world.nodes()) {
                    assertThat(node.chain().position(id).isPresent()).isEqualTo(mined);
                    assertThat(node.mempool().contains(id)).isEqualTo(waiting);
                }
            });
        });
    }

    @Test
    void shouldAgreeAfterPartitionsAndAbandonNoMoreThanWasFoundMeanwhile() {
        Seeds.play((world, random) -> {
            world.network().start();
            world.addNodes(random.nextInt(3, 11)).mineEvery(3_000).transferEvery(1_000);
            long mostFoundApart = 0;

            for (int partition = 0; partition < 4; partition++) {
                long before = world.blocksMined();
                world.network().partition();
                world.runFor(random.nextLong(5_000, 70_000));
                world.network().heal();
                world.runFor(20_000);
                mostFoundApart = Math.max(mostFoundApart, world.blocksMined() - before);
            }
            world.settle();

            world.checkEverything();
            assertThat(world.observer().deepestReorganisation()).isLessThanOrEqualTo(mostFoundApart);
        });
    }

    @Test
    void shouldKeepWhatIsDeeplyConfirmedWhenNothingKeepsNodesApart() {
        Seeds.play((world, random) -> {
            world.network().latency(20, 400).start();
            world.addNodes(random.nextInt(3, 13));

            world.mineEvery(4_000)
                    .transferEvery(1_000)
                    .breakConnectionsEvery(2_000)
                    .runFor(300_000);
            world.settle();

            world.checkEverything();
            assertThat(world.observer().deepestReorganisation()).isLessThan(6);
        });
    }

    @Test
    void shouldSurviveCrashesAtAnyMoment() {
        Seeds.play((world, random) -> {
            world.network().fullLinks(0.01).start();
            world.backgroundTakes(20_000).addNodes(random.nextInt(3, 8));

            world.mineEvery(2_000)
                    .transferEvery(700)
                    .crashEvery(2_000)
                    .breakConnectionsEvery(5_000)
                    .runFor(240_000);
            world.settle();

            world.checkEverything();
        });
    }

    @Test
    void shouldSurviveEverythingAtOnce() {
        Seeds.play((world, random) -> {
            world.network()
                    .latency(5, 600)
                    .fullLinks(0.02)
                    .degree(random.nextInt(3, 7))
                    .start();
            world.backgroundTakes(1 + random.nextInt(30_000))
                    .addNodes(random.nextInt(3, random.nextInt(8) == 0 ? 51 : 13));

            world.mineEvery(3_000)
                    .transferEvery(1_500)
                    .crashEvery(8_000)
                    .partitionEvery(90_000, 30_000)
                    .breakConnectionsEvery(3_000)
                    .runFor(180_000);
            world.settle();

            world.checkEverything();
        });
    }

    @Test
    void shouldReplayARunFromItsSeed() {
        long seed = Seeds.first();

        assertThat(traceOf(seed)).isEqualTo(traceOf(seed)).isNotEqualTo(traceOf(seed + 1));
    }

    private static long traceOf(long seed) {
        World world = new World(seed);
        world.network().fullLinks(0.01).start();
        world.addNodes(5)
                .mineEvery(2_000)
                .transferEvery(500)
                .crashEvery(5_000)
                .partitionEvery(30_000, 10_000)
                .runFor(90_000);
        return world.trace().hash();
    }
}
