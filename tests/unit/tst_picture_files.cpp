// SPDX-License-Identifier: MIT
#include "core/cache/PictureFiles.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace hatstand;
using namespace Qt::Literals::StringLiterals;
using cache::PictureFiles;

namespace {

const QString kMira(64, u'a');
const QString kTomas(64, u'b');
const QString kAddress = u"https://example.com/mira.png"_s;

bool write(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write("x") == 1;
}

} // namespace

class TestPictureFiles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void oneOfAnAccountStays();
    void onlyItsOwnFilesAreDeleted();
    void withoutAFolderNothingIsTouched();
};

void TestPictureFiles::oneOfAnAccountStays()
{
    const QTemporaryDir home;
    const PictureFiles files(home.filePath(u"pictures"_s));
    QVERIFY(files.put(kMira, u"https://example.com/old.png"_s, "old"));
    QVERIFY(files.put(kMira, kAddress, "new"));
    QVERIFY(files.put(kTomas, kAddress, "his"));
    QCOMPARE(files.get(kMira, kAddress), QByteArray("new"));
    QVERIFY(files.get(kMira, u"https://example.com/old.png"_s).isEmpty());
    files.remove(kMira);
    QVERIFY(files.get(kMira, kAddress).isEmpty());
    QCOMPARE(files.get(kTomas, kAddress), QByteArray("his"));
    QVERIFY(!files.put(u"../../mira"_s, kAddress, "x"));
}

void TestPictureFiles::onlyItsOwnFilesAreDeleted()
{
    const QTemporaryDir home;
    const PictureFiles files(home.path());
    QVERIFY(files.put(kMira, kAddress, "hers") && files.put(kTomas, kAddress, "his"));
    QVERIFY(write(home.filePath(u"letter.txt"_s)) && write(home.filePath(kTomas)));
    files.keepOnly({kMira});
    QCOMPARE(files.get(kMira, kAddress), QByteArray("hers"));
    QVERIFY(files.get(kTomas, kAddress).isEmpty());
    QVERIFY(QFile::exists(home.filePath(u"letter.txt"_s)) && QFile::exists(home.filePath(kTomas)));
}

void TestPictureFiles::withoutAFolderNothingIsTouched()
{
    const QTemporaryDir home;
    const QString before = QDir::currentPath();
    QVERIFY(PictureFiles(home.path()).put(kMira, kAddress, "x"));
    QVERIFY(QDir::setCurrent(home.path()));
    const PictureFiles files{QString()};
    files.keepOnly({});
    files.remove(kMira);
    QVERIFY(!files.put(kTomas, kAddress, "x"));
    QVERIFY(QDir::setCurrent(before));
    QCOMPARE(PictureFiles(home.path()).get(kMira, kAddress), QByteArray("x"));
}

QTEST_GUILESS_MAIN(TestPictureFiles)
#include "tst_picture_files.moc"
