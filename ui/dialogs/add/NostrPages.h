// SPDX-License-Identifier: MIT
#pragma once

#include "ui/dialogs/add/AddPage.h"

class QLineEdit;
class QProgressBar;

namespace hatstand::ui {

class SecretField;

class GeneratePage final : public AddPage
{
    Q_OBJECT
public:
    explicit GeneratePage(UiContext& context);
    [[nodiscard]] QString actionText() const override;
    [[nodiscard]] QWidget* firstEmpty() const override;
    void submit(Callback<session::NewSession> done) override;

private:
    void check();
    QLineEdit* m_label;
    Field* m_labelField;
};

class NostrKeyPage final : public AddPage
{
    Q_OBJECT
public:
    explicit NostrKeyPage(UiContext& context);
    [[nodiscard]] QWidget* firstEmpty() const override;
    void submit(Callback<session::NewSession> done) override;
    void fill(const SecretBuffer& text) override;
    [[nodiscard]] bool takes(
        signing::Pasted kind, const SecretBuffer& text, const QWidget* into) const override;
    [[nodiscard]] SharedSecret secret() const override;
    void wipe() override;

private:
    void check();
    SecretField* m_key;
    Field* m_keyField;
    QLineEdit* m_label;
    Field* m_labelField;
};

class NostrEncryptedPage final : public AddPage
{
    Q_OBJECT
public:
    explicit NostrEncryptedPage(UiContext& context);
    ~NostrEncryptedPage() override;
    [[nodiscard]] QWidget* firstEmpty() const override;
    void submit(Callback<session::NewSession> done) override;
    void cancel() override;
    void fill(const SecretBuffer& text) override;
    [[nodiscard]] bool takes(
        signing::Pasted kind, const SecretBuffer& text, const QWidget* into) const override;
    [[nodiscard]] SharedSecret secret() const override;
    void wipe() override;

private:
    void check();
    void setDecrypting(bool on);
    QLineEdit* m_key;
    Field* m_keyField;
    SecretField* m_passphrase;
    Field* m_passphraseField;
    QProgressBar* m_progress;
    QLabel* m_progressText;
    std::shared_ptr<std::atomic_bool> m_cancel; ///< of the decryption under way
};

class NostrWatchPage final : public AddPage
{
    Q_OBJECT
public:
    explicit NostrWatchPage(UiContext& context);
    [[nodiscard]] QWidget* firstEmpty() const override;
    void submit(Callback<session::NewSession> done) override;
    void fill(const SecretBuffer& text) override;
    [[nodiscard]] bool takes(
        signing::Pasted kind, const SecretBuffer& text, const QWidget* into) const override;
    void wipe() override;

private:
    void check();
    QLineEdit* m_key;
    Field* m_keyField;
    QWidget* m_card;
    AvatarLabel* m_avatar;
    QLabel* m_name;
    QLabel* m_shortId;
};

} // namespace hatstand::ui
