package dev.rensa.explorer.web;

import dev.rensa.explorer.api.AccountHistoryInfo;
import dev.rensa.explorer.api.AccountInfo;
import dev.rensa.explorer.api.AgreementInfo;
import dev.rensa.explorer.api.BalancesInfo;
import dev.rensa.explorer.api.BlockInfo;
import dev.rensa.explorer.api.LabInfo;
import dev.rensa.explorer.api.NodeInfo;
import dev.rensa.explorer.api.PassportInfo;
import dev.rensa.explorer.api.ReorganisationInfo;
import dev.rensa.explorer.api.SearchInfo;
import dev.rensa.explorer.api.SeriesInfo;
import dev.rensa.explorer.api.StatsInfo;
import dev.rensa.explorer.api.StatusInfo;
import dev.rensa.explorer.api.TransactionInfo;
import dev.rensa.explorer.lab.StoryView;
import dev.rensa.protocol.api.FeesView;
import dev.rensa.protocol.api.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pages and what each shows; the templates of these names are checked against it in the build. */
@CheckedTemplate(basePath = "")
final class Pages {

    private Pages() {}

    static native TemplateInstance network(
            StatusInfo status,
            AgreementInfo agreement,
            List<NodeInfo> nodes,
            @Nullable StatsInfo stats,
            TreeDrawing tree,
            List<BlockInfo> blocks,
            List<TransactionInfo> transactions,
            Ages age);

    static native TemplateInstance tree(
            AgreementInfo agreement, TreeDrawing tree, ReorganisationInfo.Page reorganisations, Ages age);

    static native TemplateInstance mempool(NextBlock next, FeesView fees, Ages age);

    static native TemplateInstance miners(int count, List<StatsInfo.MinerInfo> miners, Ages age);

    static native TemplateInstance charts(int count, StatsInfo stats, SeriesInfo series, Ages age);

    static native TemplateInstance blocks(List<BlockInfo> blocks, long newer, long older, Ages age);

    static native TemplateInstance block(
            BlockInfo block,
            List<TransactionInfo> transactions,
            @Nullable Integer previousStart,
            @Nullable Integer nextStart,
            boolean hasNext,
            Ages age);

    static native TemplateInstance transaction(
            TransactionInfo transaction, PassportInfo passport, @Nullable PassportDrawing drawing, Ages age);

    static native TemplateInstance account(
            AccountInfo account, BalancesInfo balances, AccountHistoryInfo history, boolean paged, Ages age);

    static native TemplateInstance search(SearchInfo found, Ages age);

    static native TemplateInstance lab(
            LabInfo info,
            int half,
            List<DisturbedLink> links,
            AgreementInfo agreement,
            @Nullable StoryView story,
            Ages age);

    static native TemplateInstance problem(Problem problem);
}
