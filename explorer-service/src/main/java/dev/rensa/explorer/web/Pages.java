package dev.rensa.explorer.web;

import dev.rensa.explorer.api.AccountInfo;
import dev.rensa.explorer.api.AgreementInfo;
import dev.rensa.explorer.api.BlockInfo;
import dev.rensa.explorer.api.NodeInfo;
import dev.rensa.explorer.api.SearchInfo;
import dev.rensa.explorer.api.StatusInfo;
import dev.rensa.explorer.api.TransactionInfo;
import dev.rensa.protocol.api.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pages and what each shows; the templates of these names are checked against it in the build. */
@CheckedTemplate(basePath = "")
final class Pages {

    private Pages() {}

    static native TemplateInstance overview(
            StatusInfo status,
            AgreementInfo agreement,
            List<NodeInfo> nodes,
            TreeDrawing tree,
            List<TransactionInfo> transactions,
            Ages age);

    /** The overview's live part alone, which the page puts in place of the old one. */
    static native TemplateInstance live(
            StatusInfo status,
            AgreementInfo agreement,
            List<NodeInfo> nodes,
            TreeDrawing tree,
            List<TransactionInfo> transactions,
            Ages age);

    static native TemplateInstance blocks(List<BlockInfo> blocks, long newer, long older, Ages age);

    static native TemplateInstance block(
            BlockInfo block, List<TransactionInfo> transactions, @Nullable Integer nextStart, Ages age);

    static native TemplateInstance transaction(TransactionInfo transaction, Ages age);

    static native TemplateInstance account(
            AccountInfo account, List<TransactionInfo> transactions, @Nullable String last, Ages age);

    static native TemplateInstance search(SearchInfo found, Ages age);

    static native TemplateInstance problem(Problem problem);
}
