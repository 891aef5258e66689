using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AkkaChat.EndToEnd.Tests;

/// <summary>Servers die, networks fail: nothing acknowledged is lost, nothing appears twice, what waits goes out once.</summary>
[Collection(ChatSite.Name)]
public sealed class ConnectionTests(ChatSite site) : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => site.CloseWindowsAsync();

    [Fact]
    public async Task A_server_that_is_killed_while_two_people_write_loses_nothing_and_doubles_nothing()
    {
        var ana = await site.ComeInAsync("Ana");
        var ben = await site.ComeInAsync("Ben");
        var room = site.Unique("crash");
        await ana.CreateRoomAsync(room);
        await ben.JoinAsync(room);

        var writing = Task.WhenAll(WriteAsync(ana, "ana", 1, 30), WriteAsync(ben, "ben", 1, 30));
        await ana.SeesAsync("ben 10");
        await site.Host.KillAsync();
        await writing;
        await Expect(ana.Banner).ToContainTextAsync("Reconnecting");
        await WriteAsync(ana, "ana", 31, 33);
        await site.Host.StartAsync();

        await ana.SayForGoodAsync("ana last");
        await ben.SayForGoodAsync("ben last");
        await ana.SeesAsync("ben last");
        await ben.SeesAsync("ana last");
        await Expect(ana.Log.Locator("li.message:not([data-id])")).ToHaveCountAsync(0);
        await Expect(ben.Log.Locator("li.message:not([data-id])")).ToHaveCountAsync(0);
        var seen = await TextsAsync(ana);
        Assert.Equal(seen, await TextsAsync(ben));
        Assert.Equal([.. Enumerable.Range(1, 33).Select(i => $"ana {i}"), "ana last"], seen.Where(text => text.StartsWith("ana", StringComparison.Ordinal)));
        Assert.Equal([.. Enumerable.Range(1, 30).Select(i => $"ben {i}"), "ben last"], seen.Where(text => text.StartsWith("ben", StringComparison.Ordinal)));

        await ana.Page.ReloadAsync();
        await ana.IsInAsync(room);
        await ana.SeesAsync("ana last");
        Assert.Equal(seen.TakeLast(20), (await TextsAsync(ana)).TakeLast(20));
    }

    [Fact]
    public async Task A_laptop_that_was_cut_off_for_long_shows_what_it_missed_in_order_and_sends_what_waited()
    {
        await using var wire = CuttableWire.To(new Uri(site.Url).Port);
        var ana = await site.ComeInAsync("Ana");
        var ben = await site.ComeInAsync("Ben", url: wire.Url);
        await ana.SayForGoodAsync("before");
        await ben.SeesAsync("before");

        wire.Cut();
        await Expect(ben.Banner).ToContainTextAsync("Reconnecting");
        for (var i = 1; i <= 5; i++)
        {
            await ana.SayForGoodAsync($"missed {i}");
        }

        await ben.SayAsync("said in the tunnel");
        await Expect(ben.Log.Locator("li.message:not([data-id])")).ToHaveCountAsync(1);
        var people = ana.Page.GetByRole(AriaRole.Complementary, new PageGetByRoleOptions { Name = "People" });
        await Expect(people.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameString = $"{ben.Name} , offline" }))
            .ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 60_000 });

        wire.Mend();
        await ana.SeesAsync("said in the tunnel");
        await ben.SeesAsync("missed 5");
        var texts = (await TextsAsync(ben)).ToList();
        Assert.Equal(
            ["before", "missed 1", "missed 2", "missed 3", "missed 4", "missed 5", "said in the tunnel"],
            texts.GetRange(texts.IndexOf("before"), 7));
        Assert.Equal(texts.TakeLast(7), (await TextsAsync(ana)).TakeLast(7));
    }

    private static async Task WriteAsync(ChatWindow window, string who, int from, int to)
    {
        for (var i = from; i <= to; i++)
        {
            await window.SayAsync($"{who} {i}");
        }
    }

    private static async Task<IReadOnlyList<string>> TextsAsync(ChatWindow window) =>
        await window.Log.Locator("li[data-id] .message-text").AllInnerTextsAsync();
}
