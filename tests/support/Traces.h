// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>
#include <sys/types.h>

namespace hatstand::test {

/// A secret in one of the forms in which it could lie somewhere.
struct Form
{
    QByteArray name; ///< "passphrase, a pas… (UTF-16)"
    QByteArray bytes;
};

/// Raw and reversed, hex in both cases, base64, and the texts given; each text also as UTF-16 in both byte
/// orders. what: the secret, as the forms shall be named.
[[nodiscard]] QList<Form> formsOf(
    const QByteArray& what, const QByteArray& raw, const QList<QByteArray>& texts);
/// The names of those forms that data holds.
[[nodiscard]] QStringList findForms(const QList<Form>& forms, const QByteArray& data);
/// The same over every file under a folder, each with the file's name.
[[nodiscard]] QStringList findInFiles(const QList<Form>& forms, const QString& folder);
/// The same over everything that a process can read of its own memory, with the kind of mapping.
[[nodiscard]] QStringList findInMemory(const QList<Form>& forms, pid_t process);

} // namespace hatstand::test
