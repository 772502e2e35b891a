// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QTcpServer>
#include <QTcpSocket>
#include <functional>

namespace hatstand::test {

/// A node of an Antelope chain, as far as its HTTP API goes: answers get_info, and whatever else a test says
/// by its path. What it does not know is not found.
class ChainNode : public QTcpServer
{
public:
    struct Answer
    {
        int status = 200;
        QByteArray body = {};
        bool isSilent = false; ///< never comes
        bool hangsUp = false; ///< closes instead
    };
    using Answering = std::function<Answer(const QJsonObject& asked)>;

    explicit ChainNode(QString id)
        : chainId(std::move(id))
    {
        listen(QHostAddress::LocalHost);
        answers["/v1/chain/get_info"] = [this](const QJsonObject&) { return json(info()); };
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket* socket = nextPendingConnection();
            socket->setParent(this);
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(*socket); });
        });
    }

    [[nodiscard]] QString url() const { return QStringLiteral("http://127.0.0.1:%1").arg(serverPort()); }
    [[nodiscard]] static Answer json(const QJsonObject& object, int status = 200)
    {
        return {.status = status, .body = QJsonDocument(object).toJson()};
    }
    /// As nodes say no.
    [[nodiscard]] static Answer error(qint64 code, const QString& message, int status = 500)
    {
        const QJsonObject detail{{QStringLiteral("message"), message}};
        return json({{QStringLiteral("code"), status},
                        {QStringLiteral("message"), QStringLiteral("Internal Service Error")},
                        {QStringLiteral("error"),
                            QJsonObject{{QStringLiteral("code"), code},
                                {QStringLiteral("name"), QStringLiteral("some_exception")},
                                {QStringLiteral("what"), QStringLiteral("Some Exception")},
                                {QStringLiteral("details"), QJsonArray{detail}}}}},
            status);
    }
    void set(const QByteArray& path, const Answer& answer)
    {
        answers[path] = [answer](const QJsonObject&) { return answer; };
    }
    [[nodiscard]] QJsonObject info() const
    {
        const QString block = QStringLiteral("00000046") + QString(56, u'a');
        return {{QStringLiteral("chain_id"), chainId}, {QStringLiteral("head_block_num"), 70},
            {QStringLiteral("head_block_time"), QStringLiteral("2026-05-03T12:00:00.500")},
            {QStringLiteral("head_block_id"), block}, {QStringLiteral("last_irreversible_block_num"), 64},
            {QStringLiteral("last_irreversible_block_id"), block}};
    }
    [[nodiscard]] qsizetype count(const QByteArray& path) const { return asked.count(path); }
    [[nodiscard]] qsizetype countOthers() const { return asked.size() - count("/v1/chain/get_info"); }

    QString chainId;
    QMap<QByteArray, Answering> answers;
    QByteArrayList asked; ///< paths
    QList<QJsonObject> bodies; ///< of each
    QByteArrayList headers; ///< of each

private:
    void read(QTcpSocket& socket)
    {
        const QByteArray request = socket.peek(4'000'000);
        const auto end = request.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        const QByteArray head = request.first(end).toLower();
        const auto at = head.indexOf("content-length: ");
        const auto size = at < 0 ? 0 : head.mid(at + 16).split('\r').constFirst().toLongLong();
        if (request.size() < end + 4 + size)
            return;
        socket.readAll();
        const QByteArray path = request.split(' ').value(1);
        const QJsonObject body = QJsonDocument::fromJson(request.sliced(end + 4)).object();
        asked += path;
        bodies += body;
        headers += request.first(end);
        const Answer answer
            = answers.contains(path) ? answers.value(path)(body) : error(0, QStringLiteral("Not Found"), 404);
        if (answer.isSilent)
            return;
        if (!answer.hangsUp)
            socket.write("HTTP/1.1 " + QByteArray::number(answer.status)
                + " X\r\nConnection: close\r\nContent-Length: " + QByteArray::number(answer.body.size())
                + "\r\n\r\n" + answer.body);
        socket.disconnectFromHost();
    }
};

/// get_account of one that has owner and active, with one key each.
inline QJsonObject chainAccount(const QString& name, const QString& ownerKey, const QString& activeKey)
{
    const auto permission = [](const QString& called, const QString& parent, const QString& key) {
        return QJsonObject{{QStringLiteral("perm_name"), called}, {QStringLiteral("parent"), parent},
            {QStringLiteral("required_auth"),
                QJsonObject{{QStringLiteral("threshold"), 1},
                    {QStringLiteral("keys"),
                        QJsonArray{QJsonObject{{QStringLiteral("key"), key}, {QStringLiteral("weight"), 1}}}},
                    {QStringLiteral("accounts"), QJsonArray()}, {QStringLiteral("waits"), QJsonArray()}}}};
    };
    return {{QStringLiteral("account_name"), name},
        {QStringLiteral("core_liquid_balance"), QStringLiteral("12.5000 EOS")},
        {QStringLiteral("ram_quota"), 8000}, {QStringLiteral("ram_usage"), QStringLiteral("3000")},
        {QStringLiteral("cpu_limit"),
            QJsonObject{{QStringLiteral("used"), 10}, {QStringLiteral("available"), QStringLiteral("90")},
                {QStringLiteral("max"), QStringLiteral("100")}}},
        {QStringLiteral("net_limit"),
            QJsonObject{{QStringLiteral("used"), 20}, {QStringLiteral("available"), -1},
                {QStringLiteral("max"), -1}}},
        {QStringLiteral("permissions"),
            QJsonArray{permission(QStringLiteral("active"), QStringLiteral("owner"), activeKey),
                permission(QStringLiteral("owner"), QString(), ownerKey)}}};
}

} // namespace hatstand::test
