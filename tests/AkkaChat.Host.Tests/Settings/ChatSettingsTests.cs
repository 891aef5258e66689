using AkkaChat.Host.Settings;
using Microsoft.Extensions.Configuration;

namespace AkkaChat.Host.Tests.Settings;

public sealed class ChatSettingsTests
{
    [Fact]
    public void Without_settings_there_are_defaults()
    {
        var settings = Read([]);

        Assert.True(settings.Registration);
        Assert.False(settings.Guests);
        Assert.Equal((10, 5), (settings.LoginsPerMinute, settings.RegistrationsPerMinute));
        Assert.Equal((10 << 20, 200 << 20), (settings.UploadBytes, settings.UploadBytesPerDay));
        Assert.Equal(Path.GetFullPath("data/chat.db"), settings.DatabaseFile);
        Assert.Null(settings.Database);
    }

    [Fact]
    public void Both_names_of_the_database_are_read_and_an_empty_one_is_none()
    {
        Assert.Equal("Host=a", Read(new() { ["AKKACHAT_DATABASE"] = "Host=a" }).Database);
        Assert.Equal("Host=b", Read(new() { ["AKKACHAT_DATABASE"] = "Host=a", ["Chat:Database"] = "Host=b" }).Database);
        Assert.Null(Read(new() { ["Chat:Database"] = " " }).Database);
    }

    [Theory]
    [InlineData("Registraton", "no", "Registraton", "Registration")]
    [InlineData("Guests", "perhaps", "perhaps", "Guests")]
    [InlineData("LoginsPerMinute", "0", "Chat:LoginsPerMinute is 0", "from 1 to 100000")]
    [InlineData("LoginsPerMinute", "100001", "100001", "from 1 to 100000")]
    [InlineData("UploadBytes", "1023", "1023", "from 1024 to 1073741824")]
    [InlineData("UploadBytesPerDay", "5", "5", "from 10485760")]
    [InlineData("RegistrationsPerMinute", "-1", "-1", "from 1 to 100000")]
    public void What_is_unknown_or_out_of_range_is_refused_with_what_is_accepted(string name, string value, params string[] words)
    {
        var error = Assert.Throws<AkkaChatConfigurationException>(() => Read(new() { [$"Chat:{name}"] = value }));

        Assert.All(words, word => Assert.Contains(word, error.Message, StringComparison.Ordinal));
    }

    private static ChatSettings Read(Dictionary<string, string?> values) =>
        ChatSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
}
