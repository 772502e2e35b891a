// SPDX-License-Identifier: MIT
#include "ui/dialogs/parts/Strength.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <string_view>
#include <vector>

namespace hatstand::ui {
namespace {

constexpr double kBitsPerWord = 11; // a list of 2,048 words
constexpr double kFairBits = 40;
constexpr double kStrongBits = 50;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Strength)
};

/// Views into the passphrase: no copy of it is made.
std::vector<std::string_view> distinctWords(std::string_view text)
{
    std::vector<std::string_view> words;
    while (!text.empty()) {
        const auto end = text.find_first_of(" -_.");
        const auto word = text.substr(0, end);
        if (word.size() >= 3 && std::find(words.begin(), words.end(), word) == words.end())
            words.push_back(word);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    return words;
}

double bitsOfCharacters(std::string_view text, int characters)
{
    bool lower = false, upper = false, digit = false, other = false;
    std::array<bool, 256> seen{};
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        seen[byte] = true;
        lower |= std::islower(byte) != 0;
        upper |= std::isupper(byte) != 0;
        digit |= std::isdigit(byte) != 0;
        other |= std::isalnum(byte) == 0;
    }
    const auto distinct = std::count(seen.begin(), seen.end(), true);
    const double pool = (lower ? 26 : 0) + (upper ? 26 : 0) + (digit ? 10 : 0) + (other ? 20 : 0);
    // What people type is far from random: half of what a random text of this length would have.
    return std::log2(std::max(pool, 2.0)) * static_cast<double>(std::min<qsizetype>(characters, 2 * distinct))
        / 2;
}

} // namespace

Strength strengthOf(const SecretBuffer& passphrase)
{
    const std::string_view text = passphrase.text();
    Strength strength;
    strength.characters = static_cast<int>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
    if (strength.characters < kFewestCharacters)
        return strength;
    const auto words = distinctWords(text);
    const double byWords = words.size() >= 2 ? kBitsPerWord * static_cast<double>(words.size()) : 0;
    const double bits
        = words.size() >= 3 ? byWords : std::max(byWords, bitsOfCharacters(text, strength.characters));
    strength.words = words.size() >= 3 ? static_cast<int>(words.size()) : 0;
    strength.level = bits >= kStrongBits ? Strength::Level::Strong
        : bits >= kFairBits              ? Strength::Level::Fair
                                         : Strength::Level::Weak;
    return strength;
}

QString strengthText(const Strength& strength)
{
    const QString size = strength.words > 0 ? Texts::tr("%n words", nullptr, strength.words)
                                            : Texts::tr("%n characters", nullptr, strength.characters);
    switch (strength.level) {
    case Strength::Level::TooShort:
        return Texts::tr("At least %n characters.", nullptr, kFewestCharacters);
    case Strength::Level::Weak:
        return Texts::tr("Weak: %1").arg(size);
    case Strength::Level::Fair:
        return Texts::tr("Fair: %1").arg(size);
    case Strength::Level::Strong:
        return Texts::tr("Strong: %1").arg(size);
    }
    return {};
}

} // namespace hatstand::ui
