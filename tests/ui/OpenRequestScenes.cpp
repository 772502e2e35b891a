// SPDX-License-Identifier: MIT
#include "core/antelope/EsrRequest.h"
#include "tests/ui/DialogScenes.h"
#include "tests/ui/QrPicture.h"
#include "ui/dialogs/OpenRequestDialog.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>

namespace hatstand::test {
namespace {

using namespace Qt::Literals::StringLiterals;
using antelope::EsrRequest;

QString identity()
{
    EsrRequest request;
    request.what = EsrRequest::What::Identity;
    request.scope = *antelope::Name::parse(u"shop"_s);
    request.callback = u"https://shop.example/answer"_s;
    return request.encode();
}

bool says(const QWidget& dialog, const QString& text)
{
    const auto labels = dialog.findChildren<QLabel*>();
    return std::any_of(labels.cbegin(), labels.cend(), [&](const QLabel* label) {
        return label->isVisibleTo(&dialog) && withoutMarks(label->text()).startsWith(text);
    });
}

void waitFor(const QWidget& dialog, const QString& text)
{
    QElapsedTimer patience;
    patience.start();
    while (!says(dialog, text) && patience.elapsed() < 20'000)
        QApplication::processEvents(QEventLoop::AllEvents, 10);
    if (!says(dialog, text))
        qFatal("never says %s", qPrintable(text));
}

} // namespace

void playOpenScenes(const std::function<void(QWidget* dialog, const QString& name)>& look)
{
    QClipboard* clipboard = QGuiApplication::clipboard();
    clipboard->clear();
    ui::OpenRequestDialog dialog;
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    look(&dialog, u"07-open"_s);
    auto* link = dialog.findChild<QLineEdit*>();
    link->setText(identity());
    waitFor(dialog, u"An identity request"_s);
    look(&dialog, u"07-open-identity"_s);
    link->setText(u"https://shop.example"_s);
    waitFor(dialog, u"This is no signing request"_s);
    look(&dialog, u"07-open-wrong"_s);
    auto* data = new QMimeData;
    data->setData(u"image/png"_s, pngOf(QImage(64, 64, QImage::Format_Mono)));
    clipboard->setMimeData(data);
    for (auto* button : dialog.findChildren<QAbstractButton*>()) {
        if (withoutMarks(button->text()) == "From clipboard"_L1)
            button->click();
    }
    look(&dialog, u"07-open-reading"_s);
    waitFor(dialog, u"No QR code"_s);
    look(&dialog, u"07-open-no-code"_s);
    clipboard->clear();
}

} // namespace hatstand::test
