// SPDX-License-Identifier: MIT
#include "ui/dialogs/OpenRequestDialog.h"

#include "core/antelope/EsrRequest.h"
#include "core/base/SecretBuffer.h"
#include "core/signing/OffLoop.h"
#include "ui/dialogs/parts/EnterField.h"
#include "ui/dialogs/parts/Field.h"
#include "ui/dialogs/parts/SaveFile.h"
#include "ui/pictures/DecodedPicture.h"
#include "ui/pictures/QrReader.h"
#include "ui/text/Sentences.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QDropEvent>
#include <QFile>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMimeData>
#include <QUrl>
#include <algorithm>
#include <array>
#include <utility>

namespace hatstand::ui {
namespace {

using namespace Qt::Literals::StringLiterals;
using antelope::EsrRequest;
using Verdict = Field::Verdict;

constexpr int kWidth = 480;
constexpr qint64 kLargestFile = qint64{64} * 1024 * 1024; ///< bytes
constexpr std::array kSchemes{"esr"_L1, "web+esr"_L1, "esr-anchor"_L1};
constexpr std::array kPictures{"image/png"_L1, "image/jpeg"_L1, "image/webp"_L1, "image/gif"_L1};

/// Asked of texts that nobody has shown to us yet, so that a key on the clipboard is not put on the screen.
bool isLink(QStringView text)
{
    const QStringView trimmed = text.trimmed();
    return std::any_of(kSchemes.begin(), kSchemes.end(), [&](QLatin1StringView scheme) {
        return trimmed.size() > scheme.size() && trimmed.startsWith(scheme, Qt::CaseInsensitive)
            && trimmed.at(scheme.size()) == u':';
    });
}

/// As text. Not as an address: that would put what follows the slashes in lower case.
QString textOf(const QMimeData& data)
{
    const QStringList formats = data.formats();
    if (std::any_of(formats.cbegin(), formats.cend(),
            [](const QString& format) { return format.startsWith("text/plain"_L1); }))
        return data.text();
    return QString::fromUtf8(data.data(u"text/uri-list"_s)).section(u'\n', 0, 0).trimmed();
}

QString localFileOf(const QMimeData& data)
{
    const QList<QUrl> urls = data.urls();
    const auto file
        = std::find_if(urls.cbegin(), urls.cend(), [](const QUrl& url) { return url.isLocalFile(); });
    return file == urls.cend() ? QString() : file->toLocalFile();
}

/// A picture as another program wrote it. Decoding it is ours: Qt would do so here and now, in any format.
QByteArray pictureOf(const QMimeData& data)
{
    for (const QLatin1StringView type : kPictures) {
        if (data.hasFormat(type))
            return data.data(type);
    }
    return {};
}

bool hasSomething(const QMimeData& data)
{
    return data.hasText() || data.hasUrls()
        || std::any_of(
            kPictures.begin(), kPictures.end(), [&](const auto type) { return data.hasFormat(type); });
}

Result<QByteArray> contentOf(const QString& path)
{
    if (!QFileInfo(path).isFile()) // neither a folder nor what never ends
        return refuse(Why::NotThisForm);
    QFile file(path);
    if (!file.open(QFile::ReadOnly))
        return refuse(Why::NotThisForm);
    QByteArray content = file.read(kLargestFile + 1);
    if (content.size() > kLargestFile)
        return refuse(Why::TooLarge, {}, content.size(), kLargestFile);
    return content;
}

QString whatItIs(const EsrRequest& request)
{
    if (request.isIdentity()) {
        return request.scope.value() == 0
            ? OpenRequestDialog::tr("An identity request.")
            : OpenRequestDialog::tr("An identity request of %1.").arg(request.scope.text());
    }
    const auto count = static_cast<int>(request.allActions().size());
    return count == 1 ? OpenRequestDialog::tr("A transaction of one action.")
                      : OpenRequestDialog::tr("A transaction of %n actions.", nullptr, count);
}

} // namespace

OpenRequestDialog::OpenRequestDialog(QWidget* parent)
    : Dialog(tr("Open signing request"), parent)
    , m_link(new EnterField)
    , m_field(new Field(tr("Link"), m_link))
    , m_continue(button(tr("Continue"), ButtonKind::Primary))
{
    m_readers.setMaxThreadCount(1);
    setAcceptDrops(true);
    m_link->setAcceptDrops(false); // it would put a file's name into its text
    m_link->setMaxLength(antelope::kLongestRequest + 1); // what is too long is refused, not cut
    m_link->setPlaceholderText(tr("esr:…", "the beginning of a link"));
    m_field->setHint(tr("A link, or a picture of the QR code. Pictures can be dropped here."));
    connect(m_link, &QLineEdit::textChanged, this, &OpenRequestDialog::check);
    connect(m_link, &QLineEdit::returnPressed, this, &OpenRequestDialog::proceed);
    build();
    takeLinkFromClipboard();
    fitTo(kWidth);
}

OpenRequestDialog::~OpenRequestDialog()
{
    if (m_stop)
        *m_stop = true; // the pool is waited for
}

void OpenRequestDialog::build()
{
    QFrame* body = makePanel(Panel::Surface, nullptr);
    QVBoxLayout* layout = column(body, 24, 16);
    layout->addWidget(m_field);
    auto* ways = new QWidget;
    QHBoxLayout* line = row(ways, 8);
    QPushButton* clipboard = button(tr("From clipboard"));
    QPushButton* file = button(tr("From picture…"));
    line->addWidget(clipboard);
    line->addWidget(file);
    line->addStretch();
    layout->addWidget(ways);
    layout->addStretch();
    QPushButton* cancel = button(tr("Cancel"));
    m_continue->setEnabled(false);
    connect(clipboard, &QPushButton::clicked, this, &OpenRequestDialog::takeFromClipboard);
    connect(file, &QPushButton::clicked, this, &OpenRequestDialog::chooseFile);
    connect(cancel, &QPushButton::clicked, this, &OpenRequestDialog::reject);
    connect(m_continue, &QPushButton::clicked, this, &OpenRequestDialog::proceed);
    replaceView(body, footOf({}, {cancel, m_continue}), m_link);
}

/// By itself, so nothing else that lies there is looked at or said.
void OpenRequestDialog::takeLinkFromClipboard()
{
    QString text = QGuiApplication::clipboard()->text();
    if (isLink(text))
        takeText(text);
    else
        wipe(text); // it may be a key
}

void OpenRequestDialog::takeFromClipboard()
{
    if (const QMimeData* offered = QGuiApplication::clipboard()->mimeData())
        take(*offered);
}

void OpenRequestDialog::chooseFile()
{
    askForFile(this, tr("From picture…"), tr("Pictures (%1)").arg(u"*.png *.jpg *.jpeg *.webp *.gif"_s),
        [this](const QString& path) { takePicture([path] { return contentOf(path); }); });
}

void OpenRequestDialog::take(const QMimeData& offered)
{
    QString text = textOf(offered);
    if (isLink(text))
        return takeText(text);
    if (const QString path = localFileOf(offered); !path.isEmpty())
        return takePicture([path] { return contentOf(path); });
    if (const QByteArray bytes = pictureOf(offered); !bytes.isEmpty())
        return takePicture([bytes]() -> Result<QByteArray> { return bytes; });
    takeText(text);
    wipe(text);
}

void OpenRequestDialog::takeText(const QString& text)
{
    if (m_stop)
        *std::exchange(m_stop, nullptr) = true;
    m_link->clear();
    if (isLink(text)) {
        m_link->setText(text.trimmed());
        m_link->setCursorPosition(0); // the whole is too long to be seen
    } else {
        say({.code = ErrorCode::InvalidInput, .why = text.isEmpty() ? Why::Empty : Why::NotThisForm});
    }
    m_field->showNow();
}

void OpenRequestDialog::takePicture(std::function<Result<QByteArray>()> bytes)
{
    if (m_stop)
        *m_stop = true;
    m_stop = std::make_shared<std::atomic<bool>>(false);
    m_link->clear();
    m_field->say(Verdict::Hint, tr("Reading the picture…"));
    m_field->showNow();
    signing::offLoop<Result<QString>>(
        m_readers, this,
        [bytes = std::move(bytes), stop = m_stop] {
            return bytes().and_then(&wholePicture).and_then([&stop](const QImage& picture) {
                return readQr(picture, kTimeForQr, stop.get());
            });
        },
        [this, stop = m_stop](const Result<QString>& text) {
            if (stop != m_stop)
                return; // another was taken meanwhile, or something was typed
            m_stop = nullptr;
            if (text)
                return takeText(*text);
            m_field->say(Verdict::Bad,
                text.error().why == Why::NotThisForm
                    ? tr("This is no picture that can be read. PNG, JPEG, WebP and GIF can be.")
                    : sentence(text.error()));
            m_field->showNow();
        });
}

void OpenRequestDialog::check()
{
    if (m_stop && !m_link->text().isEmpty())
        *std::exchange(m_stop, nullptr) = true; // what is typed counts
    m_uri.clear();
    const QString text = m_link->text().trimmed();
    if (text.isEmpty()) {
        m_field->say(Verdict::None);
    } else if (const auto request = EsrRequest::parse(text)) {
        m_uri = text;
        m_field->say(Verdict::Good, whatItIs(*request));
    } else {
        say(request.error());
    }
    m_continue->setEnabled(!m_uri.isEmpty());
}

void OpenRequestDialog::say(const Error& error)
{
    m_field->say(Verdict::Bad, tr("This is no signing request: %1").arg(sentence(error)));
}

void OpenRequestDialog::dragEnterEvent(QDragEnterEvent* event)
{
    if (hasSomething(*event->mimeData())) {
        event->setDropAction(Qt::CopyAction); // what is dropped stays where it was
        event->accept();
    }
}

void OpenRequestDialog::dropEvent(QDropEvent* event)
{
    event->setDropAction(Qt::CopyAction);
    event->accept();
    take(*event->mimeData());
}

void OpenRequestDialog::proceed()
{
    if (m_uri.isEmpty())
        return;
    const QString uri = m_uri;
    accept(); // first, so that the question does not open over it
    Q_EMIT requestOpened(uri);
}

} // namespace hatstand::ui
