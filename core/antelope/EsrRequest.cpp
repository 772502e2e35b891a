// SPDX-License-Identifier: MIT
#include "core/antelope/EsrRequest.h"

#include "core/antelope/EsrPacking.h"
#include "core/codec/Base64Url.h"
#include "core/codec/Deflate.h"
#include "core/crypto/Hash.h"

#include <QRegularExpression>
#include <algorithm>
#include <array>

namespace hatstand::antelope {
namespace {

using namespace Qt::Literals::StringLiterals;

constexpr std::array kSchemes{"esr"_L1, "web+esr"_L1, "esr-anchor"_L1};
constexpr quint8 kCompressed = 0x80;
constexpr qsizetype kShown = 200; ///< of a refused address, in the error
constexpr qsizetype kLongestCallback = 4096; ///< characters
constexpr qsizetype kLongestAuthority = 300; ///< characters, of a web address

/// By alias, which is the place here.
constexpr std::array kChains{
    ""_L1,
    "aca376f206b8fc25a6ed44dbdc66547c36c6c33e3a119ffbeaef943642f0e906"_L1, // Vaulta, once EOS
    "4667b205c6838ef70ff7988f6e8257e8be0e1284a2f59699054a018f743b1d11"_L1, // Telos
    "e70aaab8997e1dfce58fbfac80cbbb8fecec7b99cf982a9444273cbc64c41473"_L1, // Jungle 2
    "5fff1dae8dc8e2fc4d5b23b2c7665c97f9e9d8edf2b6485a86ba311c25639191"_L1, // Kylin
    "73647cde120091e0a4b85bced2f3cfdb3041e266cbbe95cee59b73235a1b3b6f"_L1, // Worbli
    "d5a3d18fbb3c084e3b1f3fa98c21014b5f3db536cc15d08f9f6479517c6a3d86"_L1, // BOS
    "cfe6486a83bad4962f232d48003b1824ab5665c36778141034d75e57b956e422"_L1, // Meet.One
    "b042025541e25a472bffde2d62edd457b7e70cee943412b1ea0f044f88591664"_L1, // Insights
    "b912d19a6abd2b1b05611ae5be473355d64d95aeff0c09bedc8c166cd6468fe4"_L1, // BEOS
    "1064487b3cd1a897ce03ae5b6a865651747e2e152090f99c1d19d44e01aea5a4"_L1, // WAX
    "384da888112027f0321850a169f737c33e53b388aad48b5adace4bab97f437e0"_L1, // XPR, once Proton
    "21dcae42c0182200e93f954a074011f9048a7624c6fe81d3c9541a614a88bd1c"_L1, // FIO
};

/// What acts on this machine when it is opened: reads and runs what is on it, installs, changes settings,
/// opens sessions on other machines, or comes back to us as the next request.
constexpr std::array kRefusedSchemes{"about"_L1, "admin"_L1, "afp"_L1, "android-app"_L1, "applescript"_L1,
    "applications"_L1, "appstream"_L1, "apt"_L1, "aptplus"_L1, "apturl"_L1, "archive"_L1, "blob"_L1,
    "bunker"_L1, "burn"_L1, "chrome"_L1, "chrome-extension"_L1, "cmd"_L1, "computer"_L1, "content"_L1,
    "data"_L1, "dav"_L1, "davs"_L1, "desktop"_L1, "esr"_L1, "esr-anchor"_L1, "exec"_L1, "feed"_L1, "file"_L1,
    "filesystem"_L1, "fish"_L1, "flatpak"_L1, "ftp"_L1, "ftps"_L1, "ghelp"_L1, "hatstand"_L1, "hcp"_L1,
    "help"_L1, "info"_L1, "intent"_L1, "itms-services"_L1, "jar"_L1, "javascript"_L1, "jnlp"_L1, "jnlps"_L1,
    "kdeconnect"_L1, "ldap"_L1, "ldaps"_L1, "livescript"_L1, "local"_L1, "lutris"_L1, "mailto"_L1, "man"_L1,
    "mhtml"_L1, "mk"_L1, "mocha"_L1, "moz-extension"_L1, "mtp"_L1, "network"_L1, "nfs"_L1, "nostrconnect"_L1,
    "powershell"_L1, "prefs"_L1, "programs"_L1, "qrc"_L1, "rdp"_L1, "recent"_L1, "res"_L1, "resource"_L1,
    "rlogin"_L1, "search"_L1, "search-ms"_L1, "settings"_L1, "sftp"_L1, "shell"_L1, "smb"_L1, "snap"_L1,
    "spice"_L1, "ssh"_L1, "steam"_L1, "systemsettings"_L1, "tel"_L1, "telnet"_L1, "terminal"_L1, "trash"_L1,
    "vbscript"_L1, "view-source"_L1, "vnc"_L1, "vscode"_L1, "vscode-insiders"_L1, "web+esr"_L1, "wyciwyg"_L1,
    "x-man-page"_L1};

bool isRefusedScheme(const QString& scheme)
{
    // All of "ms-…" belong to one system, where they start its programs.
    return scheme.startsWith("ms-"_L1) || scheme.contains("+file"_L1) || scheme.startsWith("view-source"_L1)
        || std::find(kRefusedSchemes.begin(), kRefusedSchemes.end(), scheme) != kRefusedSchemes.end();
}

bool isControl(QChar c)
{
    return c < u' ' || (c >= u'\x7f' && c <= u'\x9f');
}

/// What follows "//" up to the path.
QStringView authorityIn(QStringView afterScheme)
{
    if (!afterScheme.startsWith("//"_L1))
        return {};
    const QStringView rest = afterScheme.mid(2);
    const auto end
        = std::find_if(rest.begin(), rest.end(), [](QChar c) { return c == u'/' || c == u'?' || c == u'#'; });
    return rest.first(end - rest.begin());
}

} // namespace

Result<void> checkCallback(const QString& callback, bool background)
{
    static const QRegularExpression schemePattern(
        QRegularExpression::anchoredPattern(u"[A-Za-z][A-Za-z0-9+.-]*"_s));
    // No user's name, no letters beyond ASCII that look like others, no escapes, nothing to be filled in.
    static const QRegularExpression hostPattern(QRegularExpression::anchoredPattern(
        u"(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9._-]*[A-Za-z0-9][A-Za-z0-9._-]*)(:[0-9]{1,5})?"_s));
    const auto bad = [&callback] { return refuse(Why::BadCallback, callback.left(kShown)); };

    const qsizetype colon = callback.indexOf(u':');
    const QString scheme = callback.left(colon).toLower();
    const bool isWeb = scheme == "https"_L1 || scheme == "http"_L1;
    if (colon < 0 || callback.size() > kLongestCallback
        || (!isWeb && (!schemePattern.match(scheme).hasMatch() || isRefusedScheme(scheme))))
        return bad();
    if (std::any_of(callback.cbegin(), callback.cend(), isControl))
        return bad();
    const QStringView authority = authorityIn(QStringView(callback).mid(colon + 1));
    if (isWeb
        && (authority.size() > kLongestAuthority || !hostPattern.match(authority.toString()).hasMatch()))
        return bad();
    const bool isPlain = std::all_of(
        authority.begin(), authority.end(), [](QChar c) { return c > u' ' && c < u'\x7f' && c != u'\\'; });
    if (!isPlain || (background && !isWeb))
        return bad();
    return {};
}

QString chainOfAlias(quint8 alias)
{
    return alias < kChains.size() ? QString(kChains[alias]) : QString();
}

quint8 aliasOfChain(const QString& chainId)
{
    const auto found = std::find(kChains.begin() + 1, kChains.end(), chainId);
    return found == kChains.end() ? 0 : static_cast<quint8>(found - kChains.begin());
}

Result<EsrRequest> EsrRequest::parse(const QString& uri)
{
    if (uri.size() > kLongestRequest)
        return refuse(Why::TooLarge, {}, uri.size(), kLongestRequest);
    const QString text = uri.trimmed();
    const qsizetype colon = text.indexOf(u':');
    const QString scheme = text.left(colon).toLower();
    if (colon < 0 || std::find(kSchemes.begin(), kSchemes.end(), scheme) == kSchemes.end())
        return refuse(Why::NotThisForm);
    QStringView path = QStringView(text).mid(colon + 1);
    if (path.startsWith("//"_L1))
        path = path.mid(2);
    const auto bytes = fromAnyBase64(path);
    if (!bytes)
        return fail(bytes.error());

    const quint8 first = bytes->isEmpty() ? 0 : static_cast<quint8>(bytes->front());
    const int version = first & ~kCompressed;
    if (version != 2 && version != 3)
        return refuse(Why::UnsupportedVersion, {}, version);
    Bytes packed = bytesOf(*bytes).subspan(1);
    Result<QByteArray> inflated;
    if ((first & kCompressed) != 0) {
        inflated = codec::inflateRaw(packed, kLargestRequest);
        if (!inflated)
            return fail(inflated.error());
        packed = bytesOf(*inflated);
    }
    auto request = unpackRequest(version, packed);
    if (!request)
        return request;
    if (request->isIdentity() && request->broadcast)
        return refuse(Why::IdentityIsNotSent);
    if (!request->callback.isEmpty()) {
        if (const auto allowed = checkCallback(request->callback, request->background); !allowed)
            return fail(allowed.error());
    }
    return request;
}

QString EsrRequest::encode() const
{
    const QByteArray packed = packRequest(*this) + packRequestSignature(*this);
    const QByteArray deflated = codec::deflateRaw(bytesOf(packed));
    const bool isSmaller = deflated.size() < packed.size();
    const auto first = static_cast<char>(version | (isSmaller ? kCompressed : 0));
    const QByteArray bytes = first + (isSmaller ? deflated : packed);
    return "esr://"_L1 + codec::toBase64Url(bytesOf(bytes));
}

ByteArray<32> EsrRequest::digest() const
{
    const QByteArray prefix = static_cast<char>(version) + "request"_ba;
    const QByteArray body = packRequest(*this);
    return crypto::sha256({bytesOf(prefix), bytesOf(body)});
}

bool EsrRequest::isFor(const QString& chain) const
{
    if (!chainId.isEmpty())
        return chain == chainId;
    return chainIds.isEmpty() || chainIds.contains(chain);
}

std::optional<QByteArray> EsrRequest::infoOf(const QString& key) const
{
    const auto found
        = std::find_if(info.cbegin(), info.cend(), [&](const auto& pair) { return pair.first == key; });
    return found == info.cend() ? std::nullopt : std::optional(found->second);
}

QList<Action> EsrRequest::allActions() const
{
    switch (what) {
    case What::Action:
    case What::Actions:
        return actions;
    case What::Transaction:
        return transaction.contextFreeActions + transaction.actions;
    case What::Identity:
        break;
    }
    return {};
}

} // namespace hatstand::antelope
