// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretBuffer.h"
#include "ui/dialogs/parts/Parts.h"

namespace hatstand::ui {

class Field;
class PassphrasePair;
class SecretField;

/// A body and its foot that a dialog shows as one of its views.
struct View
{
    QWidget* body = nullptr;
    QWidget* foot = nullptr;
};

/// First key on a desktop without a keychain: a passphrase, or only watching.
class NoKeychainView final : public QObject
{
    Q_OBJECT
public:
    explicit NoKeychainView(QObject* parent);
    View view;
    QPushButton* usePassphrase;
    QPushButton* onlyWatch;
};

/// The passphrase of a new vault.
class NewPassphraseView final : public QObject
{
    Q_OBJECT
public:
    explicit NewPassphraseView(QObject* parent);
    void setBusy(bool busy);
    void showProblem(const QString& text);
    View view;
    PassphrasePair* pair;
    QPushButton* back;
    QPushButton* use;

private:
    Notice* m_problem;
};

/// The passphrase of the vault there is.
class UnlockView final : public QObject
{
    Q_OBJECT
public:
    explicit UnlockView(QObject* parent);
    [[nodiscard]] SharedSecret peek() const;
    void setBusy(bool busy);
    void refuse(const Error& error); ///< says why under the field and gives it the focus
    View view;
    SecretField* passphrase;
    QPushButton* cancel;
    QPushButton* unlock;

private:
    Field* m_field;
};

} // namespace hatstand::ui
