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
/// does not, or can't be asked, a box lets it be added all the same. Where no chain can ever be asked (no
/// ChainClient) it shows nothing and allows everything.
class KeyCheck final : public QWidget
{
    Q_OBJECT
public:
    explicit KeyCheck(const UiContext& context, QWidget* parent = nullptr);
    [[nodiscard]] bool canAsk() const { return m_context.chainClient != nullptr; }
    /// level: actor@permission. publicKey: PUB_…; empty, as any of them: there is nothing to ask yet. Asks
    /// half a second after the last change. Does not emit changed().
    void look(const QString& chainId, const QString& level, const QString& publicKey);
    /// It may be added: the chain takes it, or the person has said not to ask.
    [[nodiscard]] bool allows() const;
    [[nodiscard]] QString message() const;

Q_SIGNALS:
    void changed();

private:
    enum class Verdict { None, Asking, Fits, DoesNotFit, NotChecked };
    void ask();
    void begin();
    void answer(const Result<chain::ChainAccount>& account);
    void say(Verdict verdict, const QString& text);

    const UiContext& m_context;
    QString m_chainId;
    QString m_level;
    QString m_publicKey;
    Verdict m_verdict = Verdict::None;
    std::unique_ptr<QObject> m_asking; ///< an answer is dropped with it
    QTimer m_pause;
    QWidget* m_line;
    QLabel* m_info;
    QLabel* m_good;
    QLabel* m_bad;
    QLabel* m_text;
    QCheckBox* m_unasked = nullptr; ///< null: there is nobody to ask
};

} // namespace hatstand::ui
