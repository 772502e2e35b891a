// SPDX-License-Identifier: MIT
#pragma once

#include "core/session/SessionManager.h"
#include "core/signing/Accounts.h"
#include "ui/UiContext.h"
#include "ui/dialogs/parts/Parts.h"

namespace hatstand::ui {

class Field;

/// One way to add an account: fields, their checks, and a NewSession when they are right.
class AddPage : public QWidget
{
    Q_OBJECT
public:
    explicit AddPage(UiContext& context, QWidget* parent = nullptr);

    [[nodiscard]] virtual QString actionText() const;
    [[nodiscard]] virtual QWidget* firstEmpty() const = 0;
    /// Answers once, at once or later; not after cancel().
    virtual void submit(Callback<session::NewSession> done) = 0;
    /// What is to be added after the one that submit() answered, where a page adds several.
    [[nodiscard]] virtual QList<session::NewSession> takeRest() { return {}; }
    /// A session was added, by this page or another: keeps what belongs to it and is no part of it. Errors of
    /// where that is kept; the session is there all the same.
    [[nodiscard]] virtual Result<void> noteAdded(const session::SessionId& id);
    virtual void cancel() { }
    virtual void fill(const SecretBuffer& text) { Q_UNUSED(text) }
    /// Whether a text pasted into this widget belongs where it is.
    [[nodiscard]] virtual bool takes(
        signing::Pasted kind, const SecretBuffer& text, const QWidget* into) const;
    /// What was typed into the secret's field, to compare the clipboard with; null for none.
    [[nodiscard]] virtual SharedSecret secret() const { return nullptr; }
    virtual void wipe() { }
    [[nodiscard]] bool isReady() const { return m_ready; }

Q_SIGNALS:
    void readyChanged();
    /// The text has another page of its own: a public key to watch, an encrypted key.
    void belongsElsewhere(const hatstand::SharedSecret& text);

protected:
    /// Title, one line, then the page's own rows.
    [[nodiscard]] QVBoxLayout* layOut(const QString& title, const QString& text);
    void setReady(bool ready);
    /// Good, or what adding an account that is there already would do.
    void sayKnown(Field* field, const session::NewSession& session, const QString& good) const;
    /// Bad with the error's sentence, and the way to where the text belongs.
    static void sayRefused(Field* field, const Error& error);
    /// False, and says why, when the label can't be one.
    bool checkLabel(Field* field, const QString& label, const session::SessionId& id) const;

    UiContext& m_context;

private:
    bool m_ready = false;
};

} // namespace hatstand::ui
