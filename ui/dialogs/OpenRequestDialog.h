// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/Result.h"
#include "ui/dialogs/parts/Dialog.h"

#include <QThreadPool>
#include <atomic>
#include <functional>
#include <memory>

class QLineEdit;
class QMimeData;

namespace hatstand::ui {

class Field;

/// Takes a signing request (esr:) as a link or as a picture of a QR code: typed, from the clipboard, from a
/// file, or dropped on it. Says whom it asks for what; the question itself comes elsewhere.
class OpenRequestDialog final : public Dialog
{
    Q_OBJECT
public:
    explicit OpenRequestDialog(QWidget* parent = nullptr);
    ~OpenRequestDialog() override;

Q_SIGNALS:
    void requestOpened(const QString& uri); ///< one that can be read; the dialog has closed

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void build();
    void takeLinkFromClipboard();
    void takeFromClipboard();
    void chooseFile();
    void take(const QMimeData& offered);
    void takeText(const QString& text);
    /// Reads the bytes and the picture they are on a thread, for as long as that takes.
    void takePicture(std::function<Result<QByteArray>()> bytes);
    void check();
    void say(const Error& error);
    void proceed();

    QString m_uri; ///< a request that can be read, or empty
    QLineEdit* m_link;
    Field* m_field;
    QPushButton* m_continue;
    std::shared_ptr<std::atomic<bool>> m_stop; ///< of the picture that is being read; null: none is
    QThreadPool m_readers; ///< of its own: strangers' pictures take as long as strangers like
};

} // namespace hatstand::ui
