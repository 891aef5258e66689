using static Microsoft.Playwright.Assertions;

namespace AkkaChat.EndToEnd.Tests;

/// <summary>
/// A network that is gone for half a minute without a word to either end. It takes that long by the clock, so it has a server of its
/// own beside the other tests.
/// </summary>
public sealed class OfflineTests(ChatSite site) : IClassFixture<ChatSite>
{
    private static readonly TimeSpan Absence = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task After_half_a_minute_without_a_network_the_page_shows_what_it_missed_in_order_and_sends_what_waited_once()
    {
        await using var wire = CuttableWire.To(new Uri(site.Url).Port);
        var ana = await site.ComeInAsync("Ana");
        var ben = await site.ComeInAsync("Ben", url: wire.Url);
        await ana.SayForGoodAsync("before");
        await ben.SeesAsync("before");

        wire.Freeze();
        var back = Task.Delay(Absence);
        await ben.SayAsync("said in the tunnel 1");
        await ben.SayAsync("said in the tunnel 2");
        for (var number = 1; number <= 5; number++)
        {
            await ana.SayForGoodAsync($"missed {number}");
        }

        await back;
        await Expect(ben.Log.Locator("li.message:not([data-id])")).ToHaveCountAsync(2);
        wire.Cut();
        wire.Mend();

        await ana.SeesAsync("said in the tunnel 2");
        await ben.SeesAsync("said in the tunnel 2");
        string[] said = ["before", .. Enumerable.Range(1, 5).Select(number => $"missed {number}"), "said in the tunnel 1", "said in the tunnel 2"];
        Assert.Equal(said, await TextsAsync(ben));
        Assert.Equal(said, await TextsAsync(ana));
        await ben.Page.ReloadAsync();
        await ben.SeesAsync("said in the tunnel 2");
        Assert.Equal(said, await TextsAsync(ben));
        Assert.Empty(ben.Complaints);
    }

    private static async Task<IReadOnlyList<string>> TextsAsync(ChatWindow window) =>
        await window.Log.Locator("li[data-id] .message-text").AllInnerTextsAsync();
}
