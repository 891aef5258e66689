using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AkkaChat.EndToEnd.Tests;

/// <summary>The rest of what the page offers, each thing tried as a person would.</summary>
[Collection(ChatSite.Name)]
public sealed partial class FeatureTests(ChatSite site) : IAsyncLifetime
{
    private const int MostBytesOfFirstLoad = 150_000;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => site.CloseWindowsAsync();

    [Fact]
    public async Task Others_see_who_is_typing_who_is_away_and_who_has_gone()
    {
        var ana = await site.ComeInAsync("Ana");
        var ben = await site.ComeInAsync("Ben");
        await ana.Input.PressSequentiallyAsync("I am still thi");
        await Expect(ben.Page.GetByRole(AriaRole.Status, new PageGetByRoleOptions { Name = "Typing" })).ToHaveTextAsync($"{ana.Name} is typing…");

        await ChooseForMyselfAsync(ana, AriaRole.Menuitemradio, "Away");
        await Expect(PersonIn(ben, ana.Name, "away")).ToBeVisibleAsync();
        await ana.Page.Context.CloseAsync();
        await Expect(PersonIn(ben, ana.Name, "offline")).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 60_000 });
    }

    [Fact]
    public async Task A_guest_comes_in_with_nothing_but_a_name()
    {
        var window = await site.OpenAsync();
        await window.Button("Continue as guest").ClickAsync();
        await window.Page.GetByLabel("Name", new PageGetByLabelOptions { Exact = true }).FillAsync(site.Unique("Gus"));
        await window.Button("Continue as guest").First.ClickAsync();
        await window.IsInAsync("lobby");
        await window.SayForGoodAsync("Just looking");
    }

    [Fact]
    public async Task A_link_to_a_message_leads_to_it_and_back_leads_back()
    {
        var ana = await site.ComeInAsync("Ana");
        await ana.CreateRoomAsync(site.Unique("links"));
        await ana.SayForGoodAsync("The first one");
        await ana.SayForGoodAsync("The last one");
        var address = await ana.Stored("The first one").GetByRole(AriaRole.Link).First.GetAttributeAsync("href");
        await ana.GoToAsync("lobby");

        await ana.Page.GotoAsync(site.Url + address);
        await ana.SeesAsync("The first one");
        await ana.Page.GoBackAsync();
        await ana.IsInAsync("lobby");
    }

    [Fact]
    public async Task A_date_is_jumped_to()
    {
        var ana = await site.ComeInAsync("Ana");
        await ana.CreateRoomAsync(site.Unique("days"));
        await ana.SayForGoodAsync("Said today");
        await ana.ChooseForRoomAsync("Jump to date");
        await ana.Dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameString = "Jump" }).ClickAsync();
        await ana.SeesAsync("Said today");
        await Expect(ana.Dialog).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_theme_is_chosen_and_kept()
    {
        var ana = await site.ComeInAsync("Ana");
        await ChooseForMyselfAsync(ana, AriaRole.Menuitemradio, "Dark");
        await Expect(ana.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await ana.Page.ReloadAsync();
        await Expect(ana.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
    }

    [Fact]
    public async Task A_program_gets_a_token_and_a_new_password_ends_the_other_log_ins()
    {
        var ana = await site.ComeInAsync("Ana");
        var laptop = await site.LogInAsync(ana.Name);
        await ChooseForMyselfAsync(ana, AriaRole.Menuitem, "Log-ins and tokens");
        await ana.Dialog.GetByLabel("Name of the program").FillAsync("robot");
        await ana.Dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameString = "Create token" }).ClickAsync();
        var token = await ana.Dialog.GetByLabel("New token").InputValueAsync();
        Assert.Contains($"\"name\":\"{ana.Name}\"", await SiteAsync(token), StringComparison.Ordinal);
        await ana.Page.Keyboard.PressAsync("Escape");

        await ChooseForMyselfAsync(ana, AriaRole.Menuitem, "Change password");
        await ana.Dialog.GetByLabel("Current password").FillAsync(ChatSite.Password);
        await ana.Dialog.GetByLabel("New password").FillAsync("another long password");
        await ana.Dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameString = "Change password" }).ClickAsync();
        await Expect(laptop.Page.GetByRole(AriaRole.Tab, new PageGetByRoleOptions { Name = "Log in" })).ToBeVisibleAsync();
        Assert.DoesNotContain($"\"name\":\"{ana.Name}\"", await SiteAsync(token), StringComparison.Ordinal);
        await ana.SayForGoodAsync("Still here");
    }

    [Fact]
    public async Task Logging_out_everywhere_ends_all_log_ins_of_that_person_and_of_nobody_else()
    {
        var (ana, ben) = (await site.ComeInAsync("Ana"), await site.ComeInAsync("Ben"));
        var laptop = await site.LogInAsync(ana.Name);
        await ChooseForMyselfAsync(ana, AriaRole.Menuitem, "Log out everywhere");
        await ana.Dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameString = "Log out everywhere" }).ClickAsync();

        foreach (var window in new[] { ana, laptop })
        {
            await Expect(window.Page.GetByRole(AriaRole.Tab, new PageGetByRoleOptions { Name = "Log in" })).ToBeVisibleAsync();
            await window.Page.ReloadAsync();
            await Expect(window.Page.GetByRole(AriaRole.Tab, new PageGetByRoleOptions { Name = "Log in" })).ToBeVisibleAsync();
        }

        await ben.SayForGoodAsync("Still here");
    }

    [Fact]
    public async Task Who_has_allowed_it_is_notified_of_mentions_and_direct_messages_while_looking_elsewhere()
    {
        var (ana, ben) = (await site.ComeInAsync("Ana"), await site.ComeInAsync("Ben"));
        await ana.Page.EvaluateAsync(
            """
            window.notified = [];
            window.Notification = class {
              static permission = 'default';
              static requestPermission() { Notification.permission = 'granted'; return Promise.resolve('granted'); }
              constructor(title, { body }) { notified.push(`${title}: ${body}`); }
              close() {}
            };
            document.hasFocus = () => window.looking;
            """);
        await ChooseForMyselfAsync(ana, AriaRole.Menuitem, "Turn notifications on");
        await Expect(ana.Page.GetByText("You are notified of mentions and direct messages.")).ToBeVisibleAsync();

        await SayAsync("Nobody in particular", looking: false);
        await SayAsync($"@{ana.Name} while you look", looking: true);
        await SayAsync($"@{ana.Name} **hello**", looking: false);
        Assert.Equal([$"{ben.Name} in #lobby: @{ana.Name} hello"], await ana.Page.EvaluateAsync<string[]>("notified"));

        async Task SayAsync(string text, bool looking)
        {
            await ana.Page.EvaluateAsync("looking => { window.looking = looking }", looking);
            await ben.SayAsync(text);
            await Expect(ben.Log.Locator("li.message:not([data-id])")).ToHaveCountAsync(0);
            await Expect(ana.Log.Locator(".message-text").Last).ToContainTextAsync(text.Replace("**", "", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_room_that_was_exported_is_imported_by_the_administrator()
    {
        var ana = await site.ComeInAsync("Ana");
        var room = site.Unique("moving");
        await ana.CreateRoomAsync(room);
        await ana.SayForGoodAsync("Comes along");
        var file = await (await ana.Page.RunAndWaitForDownloadAsync(() => ana.ChooseForRoomAsync("Export history"))).PathAsync();

        var root = await site.LogInAsync(ChatSite.Administrator);
        await root.Page.GotoAsync(site.Url + "#/admin/rooms");
        var chooser = await root.Page.RunAndWaitForFileChooserAsync(() => root.Button("Import a room").ClickAsync());
        await chooser.SetFilesAsync(new FilePayload
        {
            Name = "room.json",
            MimeType = "application/json",
            Buffer = await File.ReadAllBytesAsync(file),
        });

        await root.GoToAsync(room + " (2)");
        await root.SeesAsync("Comes along");
    }

    [Fact]
    public async Task The_first_load_is_small()
    {
        using var http = new HttpClient { BaseAddress = new Uri(site.Url) };
        var page = await http.GetStringAsync("/");
        var bytes = Zipped(await http.GetByteArrayAsync("/"));
        foreach (Match file in AssetNames().Matches(page))
        {
            bytes += Zipped(await http.GetByteArrayAsync(file.Value));
        }

        Assert.InRange(bytes, 20_000, MostBytesOfFirstLoad);
    }

    [GeneratedRegex(@"[\w/-]+\.[0-9a-f]{12}\.(js|css)")]
    private static partial Regex AssetNames();

    private static int Zipped(byte[] content)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Optimal, leaveOpen: true))
        {
            zip.Write(content);
        }

        return (int)zipped.Length;
    }

    private static async Task ChooseForMyselfAsync(ChatWindow window, AriaRole role, string choice)
    {
        await window.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "account menu" }).ClickAsync();
        await window.Page.GetByRole(role, new PageGetByRoleOptions { Name = choice, Exact = true }).ClickAsync();
    }

    private static ILocator PersonIn(ChatWindow window, string name, string presence) => window.Page
        .GetByRole(AriaRole.Complementary, new PageGetByRoleOptions { Name = "People" })
        .GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameRegex = new Regex($"^{name} , {presence}") });

    private async Task<string> SiteAsync(string token)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await http.GetStringAsync(site.Url + "api/site");
    }
}
