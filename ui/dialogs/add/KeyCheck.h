// SPDX-License-Identifier: MIT
#pragma once

#include "core/chain/ChainClient.h"
#include "ui/UiContext.h"

#include <QTimer>
#include <QWidget>

class QCheckBox;
class QLabel;

namespace hatstand::ui {

/// Whether the chain takes a key for an account, asked while both are typed and said in one line. Where it
/// does not, or can't be asked, a box lets it be added all the same. Of an account that is only watched:
/// whether it is there; a chain that can't be asked is against nothing. Where no chain can ever be asked (no
/// ChainClient) it shows nothing and allows everything.
class KeyCheck final : public QWidget
{
    Q_OBJECT
public:
    enum class For { Key, Watching };
    explicit KeyCheck(const UiContext& context, For what = For::Key, QWidget* parent = nullptr);
    [[nodiscard]] bool canAsk() const { return m_context.chainClient != nullptr; }
    /// level: actor@permission. publicKey: PUB_…, of an account that is only watched whatever. One that is
    /// empty: there is nothing to ask yet. Asks half a second after the last change. Does not emit changed().
    void look(const QString& chainId, const QString& level, const QString& publicKey);
    /// It may be added: the chain takes it, or the person has said not to ask, or it is only watched and the
    /// chain does not answer.
    [[nodiscard]] bool allows() const;
    [[nodiscard]] QString message() const;

Q_SIGNALS:
    void changed();

private:
    enum class Verdict { None, Asking, Fits, DoesNotFit, NotChecked };
    void ask();
    void begin();
    void answer(const Result<chain::ChainAccount>& account);
    void answerWatching(const Result<chain::ChainAccount>& account);
    void sayUnchecked(const QString& why); ///< of what is watched
    void say(Verdict verdict, const QString& text);

    const UiContext& m_context;
    For m_for;
    QString m_chainId;
    QString m_level;
    QString m_publicKey;
    Verdict m_verdict = Verdict::None;
    std::unique_ptr<QObject> m_asking; ///< an answer is dropped with it
    QTimer m_pause;
    QTimer m_patience; ///< with a chain that nothing depends on
    QWidget* m_line;
    QLabel* m_info;
    QLabel* m_good;
    QLabel* m_bad;
    QLabel* m_text;
    QCheckBox* m_unasked = nullptr; ///< null: there is nobody to ask, or no need of it
};

} // namespace hatstand::ui
