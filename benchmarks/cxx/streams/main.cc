// SPDX-License-Identifier: MIT OR Apache-2.0
// Words counted in a map, read from and written to streams of the library.
#include <iostream>
#include <map>
#include <sstream>
#include <string>

int main()
{
    std::stringstream text;
    for (int i = 0; i < 1000; i++)
        text << "word" << i * 7919 % 97 << ' ';
    std::map<std::string, int> words;
    std::string word;
    while (text >> word)
        words[word]++;
    for (const auto &[name, times] : words)
        std::cout << name << ' ' << times << '\n';
}
