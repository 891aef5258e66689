using AkkaChat.Settings;

namespace AkkaChat.Tests.Settings;

public class HoconBracketsTests
{
    [Theory]
    [InlineData("akkachat { path = \"/x/\" }")]
    [InlineData("a = [1, 2]\nb { c = \"}\" } # }")]
    [InlineData("a = \"\"\"{ \" }\"\"\" // {")]
    [InlineData("a = \"\\\"{\"")]
    [InlineData("")]
    public void What_is_closed_passes(string hocon) => HoconBrackets.Check(hocon);

    [Theory]
    [InlineData("akkachat {", "a '{' is not closed")]
    [InlineData("a = [1", "a '[' is not closed")]
    [InlineData("a = 1\n}", "line 2: '}' closes nothing")]
    [InlineData("a { b = [1} ]", "'}' closes nothing")]
    [InlineData("a = 1\nb = \"x", "line 2: a text in quotes is not closed")]
    [InlineData("a = \"\"\"x", "a text in quotes is not closed")]
    public void What_is_not_closed_is_refused_with_its_place(string hocon, string why) =>
        Assert.Contains(why, Assert.Throws<FormatException>(() => HoconBrackets.Check(hocon)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_not_closed_stops_the_start()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "akkachat {\n  ping-interval = 10s\n");
            var error = Assert.Throws<AkkaChatConfigurationException>(() => SettingsLoader.Merge(file, _ => null, []));
            Assert.Contains("not closed", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
