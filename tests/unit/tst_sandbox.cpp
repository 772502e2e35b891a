// SPDX-License-Identifier: MIT
#include "app/signer/Sandbox.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <functional>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;

namespace {

/// 0 where the attempt succeeded, otherwise errno.
int outcome(const std::function<long()>& attempt)
{
    errno = 0;
    return attempt() >= 0 ? 0 : errno;
}

long connectTo(int family)
{
    const int fd = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(9);
    return ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

/// What a process that holds keys can do still: a line of JSON.
int tryEverything(const char* folder)
{
    using namespace hatstand::app;
    QJsonObject report;
    report[u"privileges"_s] = giveUpPrivileges();
    report[u"sandbox"_s] = enterSandbox();
    const QByteArray file = QByteArray(folder) + "/there";
    const QByteArray other = QByteArray(folder) + "/new";
    char* const none[] = {nullptr};
    char byte = 0;
    iovec own{&byte, 1};
    iovec theirs{&byte, 1};
    const auto note = [&](const char* what, const std::function<long()>& attempt) {
        report[QString::fromLatin1(what)] = outcome(attempt);
    };
    note("exec", [&] { return ::execve("/bin/true", none, none); });
    note("fork", [] {
        const pid_t child = ::fork();
        if (child == 0)
            ::_exit(0);
        return long(child);
    });
    note("inet", [] { return connectTo(AF_INET); });
    note("inet6", [] { return connectTo(AF_INET6); });
    note("netlink", [] { return long(::socket(AF_NETLINK, SOCK_RAW, 0)); });
    note("local", [] { return long(::socket(AF_UNIX, SOCK_STREAM, 0)); });
    note("ptrace", [] { return ::ptrace(PTRACE_SEIZE, ::getppid(), nullptr, nullptr); });
    note("readOther", [&] { return ::process_vm_readv(::getppid(), &own, 1, &theirs, 1, 0); });
    note("write", [&] { return long(::open(file.constData(), O_WRONLY)); });
    note("readWrite", [&] { return long(::open(file.constData(), O_RDWR)); });
    note("append", [&] { return long(::open(file.constData(), O_WRONLY | O_APPEND)); });
    note("create", [&] { return long(::open(other.constData(), O_RDONLY | O_CREAT, 0600)); });
    note("truncate", [&] { return long(::open(file.constData(), O_RDONLY | O_TRUNC)); });
    note("read", [&] { return long(::open(file.constData(), O_RDONLY)); });
    note("delete", [&] { return long(::unlink(file.constData())); });
    note("rename", [&] { return long(::rename(file.constData(), other.constData())); });
    note("dumpable", [] { return long(::prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)); });
    note("cores", [] {
        const rlimit much{RLIM_INFINITY, RLIM_INFINITY};
        return long(::setrlimit(RLIMIT_CORE, &much));
    });
    bool ran = false;
    std::thread([&] { ran = true; }).join(); // keys are derived on threads
    report[u"thread"_s] = ran;
    report[u"dumps"_s] = ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0);
    report[u"noNewPrivileges"_s] = ::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0);
    std::puts(QJsonDocument(report).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
    ::_exit(0);
}

} // namespace

/// What the process that holds keys has given up. Its every attempt is made in a process of its own.
class TestSandbox : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingLeadsOut();
};

void TestSandbox::nothingLeadsOut()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"there"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("kept") == 4);
    file.close();
    QProcess process;
    process.start(QCoreApplication::applicationFilePath(), {u"--try"_s, folder.path()});
    QVERIFY(process.waitForFinished());
    const QJsonObject report = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    QCOMPARE(report[u"privileges"_s].toBool(), true);
    QCOMPARE(report[u"sandbox"_s].toBool(), true);
    for (const auto& refused : {u"exec"_s, u"fork"_s, u"inet"_s, u"inet6"_s, u"netlink"_s, u"ptrace"_s,
             u"readOther"_s, u"write"_s, u"readWrite"_s, u"append"_s, u"create"_s, u"truncate"_s, u"delete"_s,
             u"rename"_s, u"dumpable"_s, u"cores"_s})
        QVERIFY2(report[refused].toInt() == EPERM, qPrintable(refused));
    for (const auto& allowed : {u"local"_s, u"read"_s})
        QVERIFY2(report[allowed].toInt(-1) == 0, qPrintable(allowed));
    QVERIFY(report[u"thread"_s].toBool());
    QCOMPARE(report[u"dumps"_s].toInt(-1), 0);
    QCOMPARE(report[u"noNewPrivileges"_s].toInt(), 1);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "kept");
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{u"there"_s});
}

int main(int argc, char** argv)
{
    if (argc == 3 && std::strcmp(argv[1], "--try") == 0)
        return tryEverything(argv[2]);
    const QCoreApplication application(argc, argv);
    TestSandbox test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_sandbox.moc"
