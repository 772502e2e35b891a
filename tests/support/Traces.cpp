// SPDX-License-Identifier: MIT
#include "tests/support/Traces.h"

#include <QDirIterator>
#include <QFile>
#include <algorithm>
#include <fcntl.h>
#include <unistd.h>

namespace hatstand::test {

using namespace Qt::Literals::StringLiterals;

QList<Form> formsOf(const QByteArray& what, const QByteArray& raw, const QList<QByteArray>& texts)
{
    QList<Form> forms;
    QList<QByteArray> all;
    if (!raw.isEmpty()) {
        QByteArray backwards = raw; // as a little-endian number in a library's own form
        std::reverse(backwards.begin(), backwards.end());
        forms = {{what + ", raw", raw}, {what + ", raw, reversed", backwards}};
        all = {raw.toHex(), raw.toHex().toUpper(), backwards.toHex(),
            raw.toBase64(QByteArray::OmitTrailingEquals),
            raw.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)};
    }
    all += texts;
    for (const QByteArray& text : std::as_const(all)) {
        const QByteArray name = what + ", " + text.left(5) + "…";
        forms += {name, text};
        QByteArray little;
        QByteArray big;
        for (const char c : text) {
            little += c;
            little += '\0';
            big += '\0';
            big += c;
        }
        forms += {name + " (UTF-16)", little};
        forms += {name + " (UTF-16BE)", big};
    }
    return forms;
}

QStringList findForms(const QList<Form>& forms, const QByteArray& data)
{
    QStringList found;
    for (const Form& form : forms) {
        if (data.contains(form.bytes))
            found += QString::fromUtf8(form.name);
    }
    return found;
}

QStringList findInFiles(const QList<Form>& forms, const QString& folder)
{
    QStringList found;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        for (const QString& form : findForms(forms, file.readAll()))
            found += file.fileName() + ": "_L1 + form;
    }
    return found;
}

QStringList findInMemory(const QList<Form>& forms, pid_t process)
{
    const QString proc = u"/proc/%1/"_s.arg(process);
    QFile maps(proc + "maps"_L1);
    const int memory = ::open(qPrintable(proc + "mem"_L1), O_RDONLY | O_CLOEXEC);
    QStringList found;
    if (memory < 0 || !maps.open(QIODevice::ReadOnly))
        return {u"the memory can't be read"_s};
    for (const QByteArray& line : maps.readAll().split('\n')) {
        const QList<QByteArray> fields = line.simplified().split(' ');
        if (fields.size() < 5 || !fields[1].startsWith('r') || fields.value(5) == "[vvar]"
            || fields.value(5) == "[vsyscall]")
            continue;
        const qsizetype dash = fields[0].indexOf('-');
        const quint64 from = fields[0].left(dash).toULongLong(nullptr, 16);
        const quint64 to = fields[0].mid(dash + 1).toULongLong(nullptr, 16);
        QByteArray data(qsizetype(to - from), Qt::Uninitialized);
        qsizetype size = 0;
        while (size < data.size()) { // a read may be cut short
            const ssize_t got = ::pread(
                memory, data.data() + size, std::size_t(data.size() - size), off_t(from + quint64(size)));
            if (got <= 0)
                break;
            size += got;
        }
        data.truncate(size);
        const QByteArray kind = fields.value(5).isEmpty() ? QByteArray("anonymous") : fields[5];
        for (const QString& form : findForms(forms, data))
            found += QString::fromUtf8(kind) + ": "_L1 + form;
    }
    ::close(memory);
    return found;
}

} // namespace hatstand::test
