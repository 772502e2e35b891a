// SPDX-License-Identifier: MIT
#include "app/control/Frame.h"
#include "app/signer/Message.h"
#include "app/signer/SignerServer.h"
#include "core/antelope/Keys.h"
#include "core/nostr/Keys.h"
#include "tests/fuzz/Fuzz.h"
#include "tests/support/FakeVault.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QThreadPool>
#include <algorithm>
#include <fcntl.h>

using namespace hatstand;
using namespace hatstand::app;
using namespace Qt::Literals::StringLiterals;
using hatstand::fuzz::must;

namespace {

// BIP-340's second vector, EOSIO's development key, NIP-49's vector. The seeds name these accounts.
const QByteArray kSecret = "b7e151628aed2a6abf7158809cf4f3c762e7160f38b4da56a784d9045190cfef"_ba;
const QString kNostr = u"nostr:dff1d77f2a671c5f36183726db2341be58feae1da2deced843240f7b502ba659"_s;
const QByteArray kWif = "5KQwrPbwdL6PhXujxW37FSSQZ1JiwsST4cqQzDeyXtP79zkvFD3"_ba;
const QString kAntelope = u"antelope:mira"_s;
const QByteArray kNcryptsec
    = "ncryptsec1qgg9947rlpvqu76pj5ecreduf9jxhselq2nae2kghhvd5g7dgjtcxfqtd67p9m0w57lspw8gsq6yphnm8623nsl8xn9j4jdzz84zm3frztj3z7s35vpzmqf6ksu8r89qk5z2zxfmu5gv8th8wclt0h4p"_ba;
const QString kEncrypted = u"nostr:79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"_s;

SecretBuffer buffer(const QByteArray& text)
{
    return SecretBuffer::copyOf(bytesOf(text));
}

QByteArray nsec()
{
    static const QByteArray text
        = toQByteArray(nostr::SecretKey::parse(buffer(kSecret)).value().nsec().view());
    return text;
}

/// All that says one of the keys.
bool tells(const QByteArray& text)
{
    static const QByteArrayList secrets{nsec(), kSecret, QByteArray::fromHex(kSecret), kWif,
        toQByteArray(antelope::PrivateKey::parse(buffer(kWif)).value().text().view())};
    return std::any_of(
        secrets.begin(), secrets.end(), [&](const QByteArray& secret) { return text.contains(secret); });
}

bool tells(const Message& message)
{
    return tells(QJsonDocument(message.head).toJson(QJsonDocument::Compact))
        || std::any_of(message.parts.begin(), message.parts.end(),
            [](const SharedSecret& part) { return tells(toQByteArray(part->view())); });
}

std::string entry(const char* type, const QByteArray& data)
{
    return ("{\"v\":1,\"type\":\""_ba + type + "\",\"data\":\"" + data + "\"}").toStdString();
}

/// The process that holds keys, as whoever is at the other end of its socket sees it.
class Holder
{
public:
    explicit Holder(unsigned char mode)
    {
        vault.put(kNostr, entry("nsec", nsec()));
        vault.put(kAntelope, entry("wif", kWif));
        vault.put(kEncrypted, entry("ncryptsec", kNcryptsec));
        m_before = entries();
        if (mode & 1)
            vault.hold(); // answers come later, and some requests while others are under way
        if (mode & 2)
            vault.setState(secrets::VaultState::Locked);
    }

    /// False where the bytes can't be trusted any more: the connection is closed.
    [[nodiscard]] bool take(Bytes input, std::size_t piece)
    {
        while (!input.empty()) {
            const MutableBytes space = m_frames.space();
            must(!space.empty());
            const std::size_t count = std::min({space.size(), input.size(), piece});
            std::copy_n(input.begin(), count, space.begin());
            input = input.subspan(count);
            auto frame = m_frames.took(count);
            if (!frame)
                return false;
            if (!*frame)
                continue;
            const auto message = m_messages.took(**frame);
            if (!message)
                return false;
            if (*message)
                ask(**message);
        }
        return true;
    }

    void end()
    {
        vault.release();
        check();
        must(m_answered == m_asked); // each once
    }

    test::FakeVault vault;

private:
    void ask(Message request)
    {
        must(request.parts.size() <= MessageReader::kMostParts);
        if (tells(request))
            return; // who knows a key learns nothing from its echo
        const QString what = request.head.value("do"_L1).toString();
        const bool isOfKeys = request.head.contains("id"_L1) || what == "open-ncryptsec"_L1;
        if (isOfKeys) { // scrypt takes longer than a fuzzer may, and has targets of its own
            request.parts.remove(u"passphrase"_s);
            request.parts.remove(u"new"_s);
        } else if (what == "write"_L1 || what == "remove"_L1) {
            m_mayChange += request.head.value("key"_L1).toString();
        } else if (what == "copy"_L1) {
            m_mayChange += request.head.value("to"_L1).toString();
        } else if (what == "prepare"_L1) {
            m_mayChange += u"profile"_s; // made where there is none
        }
        if (request.head.contains("descriptor"_L1))
            request.descriptor = m_nowhere;
        m_asked += int(m_asked.size());
        m_ids += isOfKeys ? request.head.value("id"_L1).toString() : QString();
        request.head.insert("n"_L1, m_asked.last());
        m_server.handle(std::make_shared<const Message>(std::move(request)));
        check();
    }

    void onSaid(const Message& said)
    {
        must(!tells(said));
        if (said.head.contains("event"_L1)) {
            must(!said.head.contains("n"_L1) && said.parts.isEmpty());
            return;
        }
        const int number = said.head.value("n"_L1).toInt(-1);
        must(m_asked.contains(number) && !m_answered.contains(number));
        must(said.head.value("ok"_L1).toBool() != said.head.value("error"_L1).isObject());
        m_answered.insert(std::upper_bound(m_answered.begin(), m_answered.end(), number), number);
        const QString publicKey = said.head.value("publicKey"_L1).toString();
        const QString id = m_ids.at(number);
        must(publicKey.isEmpty() || !id.startsWith("nostr:"_L1) || id == "nostr:"_L1 + publicKey);
    }

    [[nodiscard]] QMap<QString, QByteArray> entries() const
    {
        QMap<QString, QByteArray> all;
        for (const QString& key : vault.storedKeys())
            all.insert(key, vault.peek(key));
        return all;
    }

    /// Only entries that were asked to be changed have.
    void check() const
    {
        auto before = m_before;
        auto now = entries();
        for (const QString& key : m_mayChange) {
            before.remove(key);
            now.remove(key);
        }
        must(now == before);
    }

    FrameReader m_frames;
    MessageReader m_messages;
    QMap<QString, QByteArray> m_before;
    QSet<QString> m_mayChange;
    QList<int> m_asked;
    QList<int> m_answered;
    QStringList m_ids; ///< by number
    QThreadPool m_pool;
    signing::LocalKeys m_keys{vault, m_pool};
    SignerServer m_server{vault, m_keys, [this](const Message& said) { onSaid(said); }};
    const SharedDescriptor m_nowhere
        = std::make_shared<const Descriptor>(::open("/dev/null", O_WRONLY | O_CLOEXEC));
};

/// A line a frame, its type first: what a fuzzer can cut and join, where it hardly guesses a length.
[[nodiscard]] bool takeLines(Holder& holder, const QByteArray& text, std::size_t piece)
{
    for (const QByteArray& line : text.split('\n')) {
        if (line.isEmpty())
            continue;
        const Frame frame{static_cast<Frame::Type>(line[0]), SecretBuffer::copyOf(bytesOf(line.mid(1)))};
        if (!holder.take(frame.encoded().view(), piece))
            return false;
    }
    return true;
}

} // namespace

/// The first byte: 1 holds answers back, 2 is a locked vault, 4 frames as they come and not as lines. The
/// second: the size of the pieces they come in.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static int count = 0;
    static const QCoreApplication application(count, nullptr);
    if (size < 2)
        return 0;
    const std::size_t piece = std::size_t{data[1]} + 1;
    const Bytes input(data + 2, size - 2);
    Holder holder(data[0]);
    const bool isOpen
        = data[0] & 4 ? holder.take(input, piece) : takeLines(holder, toQByteArray(input), piece);
    (void)isOpen; // what was asked before is answered all the same
    holder.end();
    return 0;
}
