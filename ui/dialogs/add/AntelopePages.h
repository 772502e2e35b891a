// SPDX-License-Identifier: MIT
#pragma once

#include "core/antelope/Chains.h"
#include "ui/dialogs/add/AddPage.h"

class QComboBox;
class QLineEdit;

namespace hatstand::ui {

class KeyCheck;
class SecretField;

/// Chain, and account with its permission: what both Antelope pages begin with.
class AntelopeAccount final : public QWidget
{
    Q_OBJECT
public:
    explicit AntelopeAccount(UiContext& context);
    [[nodiscard]] const antelope::Chain& chain() const;
    [[nodiscard]] QString text() const;
    [[nodiscard]] bool isEmpty() const;
    void setChain(const QString& chainId);
    void setText(const QString& text);
    [[nodiscard]] QLineEdit* editor() const { return m_account; }
    /// The watch-only session of what stands there; nullopt, and the reason below the field, while it is not
    /// right.
    std::optional<session::NewSession> check();
    void showNow();

Q_SIGNALS:
    void changed();

private:
    UiContext& m_context;
    QComboBox* m_chain;
    QLineEdit* m_account;
    Field* m_field;
};

class AntelopeKeyPage final : public AddPage
{
    Q_OBJECT
public:
    explicit AntelopeKeyPage(UiContext& context);
    [[nodiscard]] QWidget* firstEmpty() const override;
    void submit(Callback<session::NewSession> done) override;
    void fill(const SecretBuffer& text) override;
    [[nodiscard]] bool takes(
        signing::Pasted kind, const SecretBuffer& text, const QWidget* into) const override;
    [[nodiscard]] SharedSecret secret() const override;
    void wipe() override;
    [[nodiscard]] AntelopeAccount* account() const { return m_account; }

Q_SIGNALS:
    void watchWanted(); ///< a public key stands where the private one belongs

private:
    void check();
    [[nodiscard]] bool checkKey(const std::optional<session::NewSession>& account);
    AntelopeAccount* m_account;
    SecretField* m_key;
    Field* m_keyField;
    KeyCheck* m_check;
    QLineEdit* m_label;
    Field* m_labelField;
};

class AntelopeWatchPage final : public AddPage
{
    Q_OBJECT
public:
    explicit AntelopeWatchPage(UiContext& context);
    [[nodiscard]] QWidget* firstEmpty() const override;
    void submit(Callback<session::NewSession> done) override;
    void fill(const SecretBuffer& text) override;
    [[nodiscard]] bool takes(
        signing::Pasted kind, const SecretBuffer& text, const QWidget* into) const override;
    [[nodiscard]] AntelopeAccount* account() const { return m_account; }

private:
    void check();
    AntelopeAccount* m_account;
    KeyCheck* m_check;
    Field* m_labelField;
    QLineEdit* m_label;
};

} // namespace hatstand::ui
